import { MultiagentError } from '../../utils/multiagent-error.ts';

/** Code `archive.invalid`: the file is no export of a run, or was changed since. */
export function invalidArchive(why: string, cause?: unknown): MultiagentError {
  return new MultiagentError({
    code: 'archive.invalid',
    message: `This is not a whole export of a run: ${why}.`,
    hint: 'Export the run again with "multiagent export <run> --output <file>", and copy the file as it is. Nothing was imported.',
    cause,
  });
}
