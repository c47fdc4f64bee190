import { MultiagentError } from '../utils/multiagent-error.ts';

/** @param held How many of what, and how many may be: `4001 blocks for files, more than 4000`. */
export function tooManyFiles(held: string): MultiagentError {
  return new MultiagentError({
    code: 'files.too_many',
    message: `The reply holds ${held}: the model most likely repeats itself.`,
    hint: 'Retry the task, or ask for fewer files in one step.',
  });
}
