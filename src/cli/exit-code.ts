import { ModelError } from '../llm/model-error.ts';
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
  /^(usage|settings|workflow|requirement|project_file|agent|step|output|model_file|embedded\.(not_gguf|model_missing|.*_file))\b/;

/** For an error that kept a run from beginning. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof MultiagentError)) return exitCode.failed;
  if (error.code === 'run.interrupted') return exitCode.interrupted;
  if (error instanceof ModelError || error.code.startsWith('server.')) return exitCode.noServer;
  return usageCodes.test(error.code) ? exitCode.usage : exitCode.failed;
}
