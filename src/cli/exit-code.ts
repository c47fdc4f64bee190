import { ModelError } from '../llm/model-error.ts';
import type { RunStatus } from '../state/run/run-state.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';

/** What the command tells the shell. These are documented; their meaning never changes. */
export const exitCode = {
  completed: 0,
  /** The run failed, or the program did. */
  failed: 1,
  /** Wrong usage or settings: nothing was begun. */
  usage: 2,
  /** No model server, or none that can be used. */
  noServer: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const usageCodes =
  /^(usage|settings|workflow|requirement|project_file|agent|step|output|archive|recording|sandbox)\b|^embedded\.(model_missing|not_gguf)$|^lease\.held$|^model\.(not_here|not_gguf)$|^download\.(bad_address|no_such_file)$|^git\.(missing|no_repository|no_author|uncommitted)$|^run\.(not_found|ambiguous|unknown_task|complete|nothing_failed|not_finished|live|foreign|elsewhere|no_reply|no_reasoning)$/;
const serverCodes = /^(server|embedded)\./;

/** For an error that kept a run from beginning. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof MultiagentError)) return exitCode.failed;
  if (error.code === 'run.interrupted') return exitCode.interrupted;
  if (usageCodes.test(error.code)) return exitCode.usage;
  return error instanceof ModelError || serverCodes.test(error.code) ? exitCode.noServer : exitCode.failed;
}

/** For what came of a run. */
export function exitCodeOfStatus(status: RunStatus): ExitCode {
  if (status === 'completed') return exitCode.completed;
  return status === 'interrupted' || status === 'cancelled' ? exitCode.interrupted : exitCode.failed;
}
