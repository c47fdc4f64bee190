import type { Sandbox, SandboxProbe } from '../sandbox/sandbox.ts';

/** Where the commands of a run are executed, and with what. */
export interface RunCommands {
  sandbox: Sandbox;
  /** What the sandbox reports about itself: it is started once per run to find out, when there is first something to run. */
  probe: () => Promise<SandboxProbe>;
  /** Absolute: the files of the run. */
  folder: string;
  /** Absolute: the project. */
  workspace: string;
  /** All variables that a command is given. */
  environment: Record<string, string>;
  /** Exact values that must not be kept, should a command print them. */
  secrets: readonly string[];
}

/** Asks the sandbox at its first use and keeps the answer; a sandbox that cannot even be asked counts as missing. */
export function probeOnce(sandbox: Sandbox): RunCommands['probe'] {
  let answer: Promise<SandboxProbe> | undefined;
  return () =>
    (answer ??= sandbox
      .probe()
      .catch((error: Error): SandboxProbe => ({ state: 'missing', why: error.message, hint: 'Free some space.' })));
}
