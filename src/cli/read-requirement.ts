import { existsSync } from 'node:fs';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { readTextFile } from './read-text-file.ts';
import { usageError } from './usage-error.ts';

export interface RequirementOptions {
  /** A file's path, or `-` for standard input. */
  req?: string | undefined;
  requirement?: string | undefined;
  /** The words after the workflow: the requirement itself. */
  words?: readonly string[] | undefined;
}

/** @throws MultiagentError if there is no requirement, an empty one, or more than one. */
export async function readRequirement({ req, requirement, words = [] }: RequirementOptions): Promise<string> {
  if (words.length > 0) requireOnly(words, { '--req': req, '--requirement': requirement });
  const given = words.length > 0 ? words.join(' ') : requirement;
  const found = given ?? (await fromFile(req));
  if (found.trim() !== '') return found;
  throw new MultiagentError({
    category: 'usage',
    code: 'requirement.empty',
    message: given === undefined ? `The requirement in ${req === '-' ? 'standard input' : req} is empty.` : 'The requirement is empty.',
    hint: 'Describe what the team should build, in a few sentences or pages.',
  });
}

function requireOnly(words: readonly string[], others: Record<string, string | undefined>): void {
  const [word = ''] = words;
  for (const [option, value] of Object.entries(others)) {
    if (value !== undefined)
      throw usageError(
        `The requirement is given twice: after the workflow ("${words.join(' ')}") and with ${option}.`,
        'Leave out one of them.',
      );
  }
  // The name of a file is not a description of what to build.
  if (words.length === 1 && !/\s/.test(word) && existsSync(word))
    throw usageError(`"${word}" is a file.`, `To use it as the requirement: --req ${word}`);
}

async function fromFile(req: string | undefined): Promise<string> {
  if (req === undefined) {
    throw usageError(
      'There is no requirement.',
      'Write it after the workflow: multiagent run analysis "A todo list". Or name a file with --req (- for standard input).',
    );
  }
  if (req !== '-') return readTextFile(req, 'requirement');
  if (process.stdin.isTTY) process.stderr.write('Type the requirement, then Ctrl-D on a line of its own.\n');
  return text(process.stdin);
}
