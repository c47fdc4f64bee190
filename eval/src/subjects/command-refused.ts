import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';

/** Whether this is what the product's command ends with where nothing was begun: wrong usage, no server. */
export function beganNothing(exitCode: number | null): boolean {
  return exitCode === 2 || exitCode === 3;
}

/** @returns the error `eval.command_refused`, with what the product's command said on its standard error, kept in the folder of an attempt. */
export async function commandRefused(folder: string): Promise<MultiagentError> {
  const said = await readFile(join(folder, 'errors.txt'), 'utf8');
  return new MultiagentError({
    code: 'eval.command_refused',
    message: `The command began nothing: ${said.trim().slice(0, 1000)}`,
    hint: 'Mend what it says; what is done already is not done again.',
  });
}
