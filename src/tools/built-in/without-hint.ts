import { MultiagentError } from '../../utils/multiagent-error.ts';
import { errorResult, type ToolResult } from '../tool.ts';

/** An error as a model is told it where the hint is for a person at the command line. @throws whatever is no MultiagentError. */
export function withoutHint(error: unknown): ToolResult {
  if (error instanceof MultiagentError) return errorResult(error.message, { problem: 'failed', code: error.code });
  throw error;
}
