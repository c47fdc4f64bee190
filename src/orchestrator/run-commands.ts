import type { Sandbox, SandboxProbe } from '../sandbox/sandbox.ts';

/** Where and with what commands that belong to a run are run. */
export interface RunCommands {
  sandbox: Sandbox;
  /** What the sandbox says of itself: it is started once in a run to find that out, when there is first something to run. */
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

/** Asks the sandbox when it is first wanted, and keeps the answer; one that cannot even be asked is none. */
export function probeOnce(sandbox: Sandbox): RunCommands['probe'] {
  let answer: Promise<SandboxProbe> | undefined;
  return () =>
    (answer ??= sandbox
      .probe()
      .catch((error: Error): SandboxProbe => ({ state: 'missing', why: error.message, hint: 'Free some space.' })));
}
