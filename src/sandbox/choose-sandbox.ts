import { platform } from 'node:process';
import { Bubblewrap } from './bubblewrap/bubblewrap.ts';
import type { Sandbox, SandboxProbe } from './sandbox.ts';
import { SandboxExec } from './seatbelt/sandbox-exec.ts';
import { Unconfined } from './unconfined.ts';
import { Unsupported } from './unsupported.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';

/** What runs commands on each kind of system. */
const sandboxes: Readonly<Partial<Record<NodeJS.Platform, () => Sandbox>>> = {
  linux: () => new Bubblewrap(),
  darwin: () => new SandboxExec(),
};

/** The sandbox of this machine; none only where a person said `off`. Whether it works is what `probe` says. */
export function chooseSandbox(wanted: 'auto' | 'off', system: NodeJS.Platform = platform): Sandbox {
  if (wanted === 'off') return new Unconfined();
  return sandboxes[system]?.() ?? new Unsupported(system);
}

/**
 * What the sandbox says of itself where it can be used; nothing is ever run without one instead.
 * @throws MultiagentError `sandbox.missing`.
 */
export async function requireSandbox(sandbox: Sandbox): Promise<Extract<SandboxProbe, { state: 'ready' }>> {
  const probe = await sandbox.probe();
  if (probe.state === 'ready') return probe;
  throw new MultiagentError({
    category: 'usage',
    code: 'sandbox.missing',
    message: `The check cannot run, because this machine has no sandbox: ${probe.why}.`,
    hint: `${probe.hint}\nTo run it without one, as you, with everything that you can read and write: --sandbox off`,
  });
}

export interface OwnCommandSandbox {
  sandbox: Sandbox;
  /** What is said of it: by itself where it works, else why this machine has none, so that the command runs without. */
  probe: SandboxProbe;
}

/**
 * Where a command runs that a person typed: in the sandbox of this machine, and where it has none without, as the person would run it by hand. Whoever calls
 * this says so to them. A command that a model or a project had a say in is never run so: for it there is `requireSandbox`.
 */
export async function sandboxForOwnCommand(wanted: 'auto' | 'off', chosen: Sandbox = chooseSandbox(wanted)): Promise<OwnCommandSandbox> {
  const probe = await chosen.probe();
  return { sandbox: probe.state === 'ready' ? chosen : new Unconfined(), probe };
}
