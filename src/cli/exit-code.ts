import type { Proof } from '../orchestrator/proof/proof-of-run.ts';
import type { RunStatus } from '../state/run/run-state.ts';
import { type ErrorCategory, MultiagentError } from '../utils/multiagent-error.ts';

/** What the command tells the shell. These are documented; their meaning never changes. */
export const exitCode = {
  completed: 0,
  /** The run failed, or the program did, or what the run wrote fails its checks. */
  failed: 1,
  /** Wrong usage or settings: nothing was begun. */
  usage: 2,
  /** No model server, or none that can be used. */
  noServer: 3,
  /** The run waits for a time or a signal, and is to be resumed then. */
  waiting: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const exitCodes: Readonly<Record<ErrorCategory, ExitCode>> = {
  usage: exitCode.usage,
  model: exitCode.noServer,
  stopped: exitCode.interrupted,
  failed: exitCode.failed,
};

/** For an error that kept a run from beginning. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof MultiagentError ? exitCodes[error.category] : exitCode.failed;
}

/** For what came of a run. @param proof What is known of its files. */
export function exitCodeOfRun(status: RunStatus, { outcome }: Pick<Proof, 'outcome'>): ExitCode {
  if (status === 'completed') return outcome === 'failed' ? exitCode.failed : exitCode.completed;
  if (status === 'waiting') return exitCode.waiting;
  return status === 'interrupted' || status === 'cancelled' ? exitCode.interrupted : exitCode.failed;
}
