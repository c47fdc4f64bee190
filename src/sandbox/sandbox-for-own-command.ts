import { chooseSandbox } from './choose-sandbox.ts';
import type { Sandbox, SandboxProbe } from './sandbox.ts';
import { Unconfined } from './unconfined.ts';

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
