import type { SandboxLimits } from './limits.ts';

/** Where commands run that a model or a project had a say in. What implements it depends on the machine. */
export interface Sandbox {
  /** `off`: none, because a person said so. `unsupported`: none, and nothing is run. */
  readonly kind: 'bubblewrap' | 'sandbox-exec' | 'off' | 'unsupported';
  /** What this machine offers and what it lacks, found out by starting a sandbox. */
  probe(): Promise<SandboxProbe>;
  /** Runs a command to its end, with everything that it starts. Never rejects. */
  run(command: SandboxCommand): Promise<CommandResult>;
}

export type SandboxProbe =
  | {
      state: 'ready';
      /** As in `bubblewrap 0.8.0`. */
      name: string;
      /** What it does not prevent on this machine, one sentence each. */
      lacks: string[];
    }
  | {
      state: 'missing';
      /** Why there is none; continues a sentence after "no sandbox:". */
      why: string;
      /** What to do about it. */
      hint: string;
    };

export interface SandboxCommand {
  /** For the system's shell. */
  command: string;
  /** Absolute: the folder to run it in. Besides its private temporary folder and home it can write nowhere else. */
  folder: string;
  /** Absolute: another folder that appears at that place. The command changes its files. */
  contents?: string | undefined;
  /** Absolute: folders that it can read besides the system and the toolchains, such as the project's `node_modules`. */
  readable?: readonly string[] | undefined;
  /** Absolute: folders whose contents stay invisible, even if a variable names a toolchain around them. The home always is one. */
  hidden?: readonly string[] | undefined;
  /** Files and folders in `folder` that are there and that the command must not change; `hidden`: nor read. Without a sandbox nothing guards them. */
  guarded?: readonly GuardedPlace[] | undefined;
  /** All variables that it gets, except for those that point out of the sandbox. `HOME` names the home that is hidden from it. */
  environment: Readonly<Record<string, string>>;
  /** `machine`: the network of this machine, with everything that listens on it. */
  network: 'none' | 'machine';
  limits: SandboxLimits;
  signal: AbortSignal;
  /** Gets what it prints, as it arrives: standard output and standard error. */
  onOutput?: ((chunk: Uint8Array) => void) | undefined;
}

export interface GuardedPlace {
  /** Relative to the folder, with `/`. */
  path: string;
  as: 'read_only' | 'hidden';
}

export interface CommandResult {
  /** `not_started`: the sandbox or the system refused to run it; `output` says why. */
  outcome: 'passed' | 'failed' | 'timed_out' | 'stopped' | 'not_started';
  /** Absent if a signal ended it, or if it did not start. */
  exitCode?: number;
  /** The limit, other than time, that it was killed for exceeding. */
  exceeded?: 'processes' | 'memory';
  durationMilliseconds: number;
  /** Standard output and standard error in order of arrival. If long, the beginning and the end, and how much is missing between them. */
  output: string;
  /** The size of everything that it printed. */
  outputBytes: number;
}
