import type { Proof } from '../orchestrator/proof/proof-of-run.ts';
import type { RunStatus } from '../state/run/run-state.ts';
import { type ErrorCategory, MultiagentError } from '../utils/multiagent-error.ts';

/** The exit codes of the command. They are documented, and their meaning never changes. */
export const exitCode = {
  completed: 0,
  /** The run or the program failed, or what the run wrote fails its checks. */
  failed: 1,
  /** Wrong usage or settings: nothing was started. */
  usage: 2,
  /** No usable model server, or none left for what is private. */
  noServer: 3,
  /** The run waits for a time, a signal, a person or a larger budget; resume it then. */
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

/** The exit code for an error that kept a run from starting. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof MultiagentError ? exitCodes[error.category] : exitCode.failed;
}

/** The exit code for the result of a run. `outcome`: what is known about its files. `keptBack`: private tasks that no model on this machine could be asked for. */
export function exitCodeOfRun(
  status: RunStatus,
  { outcome, keptBack }: Pick<Proof, 'outcome'> & { keptBack: readonly string[] },
): ExitCode {
  if (status === 'failed' && keptBack.length > 0) return exitCode.noServer;
  if (status === 'completed') return outcome === 'failed' ? exitCode.failed : exitCode.completed;
  if (status === 'waiting') return exitCode.waiting;
  return status === 'interrupted' || status === 'cancelled' ? exitCode.interrupted : exitCode.failed;
}

/** From best to worst: a run that waits can still succeed, and one that was stopped says nothing of what it would have become. */
const fromBest: readonly ExitCode[] = [
  exitCode.completed,
  exitCode.waiting,
  exitCode.failed,
  exitCode.noServer,
  exitCode.usage,
  exitCode.interrupted,
];

/** The exit code of several runs: that of the one that went worst. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((worst, code) => (fromBest.indexOf(code) > fromBest.indexOf(worst) ? code : worst), exitCode.completed);
}
