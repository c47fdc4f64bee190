import type { SandboxLimits } from './limits.ts';

/** Where commands are run that a model or a project had a say in: what is behind it depends on the machine. */
export interface Sandbox {
  /** `off`: none, because a person said so. `unsupported`: none, and nothing is run. */
  readonly kind: 'bubblewrap' | 'sandbox-exec' | 'off' | 'unsupported';
  /** What this machine offers, and what it lacks: found out by starting one. */
  probe(): Promise<SandboxProbe>;
  /** Runs a command to its end, with everything that it starts. Never rejects. */
  run(command: SandboxCommand): Promise<CommandResult>;
}

export type SandboxProbe =
  | {
      state: 'ready';
      /** As in `bubblewrap 0.8.0`. */
      name: string;
      /** What it does not hold back on this machine, each a sentence. */
      lacks: string[];
    }
  | {
      state: 'missing';
      /** Why there is none; goes on after "no sandbox:". */
      why: string;
      /** What to do about it. */
      hint: string;
    };

export interface SandboxCommand {
  /** The system's shell reads it. */
  command: string;
  /** Absolute: where it runs. Besides the private temporary folder and the home the only place that it can write. */
  folder: string;
  /** Absolute: what stands in that folder, where it is another one; what the command changes is changed there. */
  contents?: string | undefined;
  /** Absolute, as in `node_modules` of the project: folders that it can read besides the system and the toolchains. */
  readable?: readonly string[] | undefined;
  /** Absolute: folders whose contents stay invisible, whatever a variable says of a toolchain that lies around them. The home is one anyway. */
  hidden?: readonly string[] | undefined;
  /** All variables it is given, but for those that point out of the sandbox. `HOME` says which home is kept from it. */
  environment: Readonly<Record<string, string>>;
  /** `machine`: that of this machine, with everything that listens here. */
  network: 'none' | 'machine';
  limits: SandboxLimits;
  signal: AbortSignal;
  /** What it prints, as it comes: standard output and errors. */
  onOutput?: ((chunk: Uint8Array) => void) | undefined;
}

export interface CommandResult {
  /** `not_started`: the sandbox, or the system, would not run it; `output` says why. */
  outcome: 'passed' | 'failed' | 'timed_out' | 'stopped' | 'not_started';
  /** Absent where a signal ended it, or where it did not start. */
  exitCode?: number;
  /** Which bound it was ended for, besides time. */
  exceeded?: 'processes' | 'memory';
  durationMilliseconds: number;
  /** Standard output and errors as they came; of much the beginning and the end, and how much is missing between them. */
  output: string;
  /** Of everything that it printed. */
  outputBytes: number;
}
