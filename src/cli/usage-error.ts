import { MultiagentError } from '../utils/multiagent-error.ts';

/** The command was called wrongly; nothing was begun. */
export function usageError(message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code: 'usage', message, hint });
}
