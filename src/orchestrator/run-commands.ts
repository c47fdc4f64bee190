import type { Sandbox } from '../sandbox/sandbox.ts';

/** Where and with what commands that belong to a run are run. */
export interface RunCommands {
  sandbox: Sandbox;
  /** Absolute: the files of the run. */
  folder: string;
  /** Absolute: the project. */
  workspace: string;
  /** All variables that a command is given. */
  environment: Record<string, string>;
  /** Exact values that must not be kept, should a command print them. */
  secrets: readonly string[];
}
