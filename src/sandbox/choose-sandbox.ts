import { platform } from 'node:process';
import { Bubblewrap } from './bubblewrap/bubblewrap.ts';
import type { Sandbox, SandboxProbe } from './sandbox.ts';
import { SandboxExec } from './seatbelt/sandbox-exec.ts';
import { Unconfined } from './unconfined.ts';
import { Unsupported } from './unsupported.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';

/** The sandbox of each kind of system. */
const sandboxes: Readonly<Partial<Record<NodeJS.Platform, () => Sandbox>>> = {
  linux: () => new Bubblewrap(),
  darwin: () => new SandboxExec(),
};

/** The sandbox of this machine. There is none only if a person said `off`. `probe` tells whether it works. */
export function chooseSandbox(wanted: 'auto' | 'off', system: NodeJS.Platform = platform): Sandbox {
  if (wanted === 'off') return new Unconfined();
  return sandboxes[system]?.() ?? new Unsupported(system);
}

/**
 * What a usable sandbox says about itself. Without one, nothing is run.
 * @throws MultiagentError `sandbox.missing`.
 */
export async function requireSandbox(sandbox: Sandbox): Promise<Extract<SandboxProbe, { state: 'ready' }>> {
  const probe = await sandbox.probe();
  if (probe.state === 'ready') return probe;
  throw new MultiagentError({
    category: 'usage',
    code: 'sandbox.missing',
    message: `The check cannot run, because this machine has no sandbox: ${probe.why}.`,
    hint: `${probe.hint}\nTo run it without a sandbox, with your own rights to read and write everything: --sandbox off`,
  });
}

export interface OwnCommandSandbox {
  sandbox: Sandbox;
  /** What it says about itself where it works; else why this machine has none and the command runs without. */
  probe: SandboxProbe;
}

/**
 * Where a command runs that a person typed: in the sandbox of this machine; where it has none, without one, as if the person had run it by hand. The caller
 * tells them so. A command that a model or a project had a say in never runs this way: use `requireSandbox`.
 */
export async function sandboxForOwnCommand(wanted: 'auto' | 'off', chosen: Sandbox = chooseSandbox(wanted)): Promise<OwnCommandSandbox> {
  const probe = await chosen.probe();
  return { sandbox: probe.state === 'ready' ? chosen : new Unconfined(), probe };
}
