import process from 'node:process';
import { text } from 'node:stream/consumers';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { readTextFile } from './read-text-file.ts';
import { usageError } from './usage-error.ts';

export interface RequirementOptions {
  /** A file's path, or `-` for standard input. */
  req?: string | undefined;
  requirement?: string | undefined;
}

/** @throws MultiagentError where there is none, or nothing in it. */
export async function readRequirement({ req, requirement }: RequirementOptions): Promise<string> {
  const found = requirement ?? (await fromFile(req));
  if (found.trim() !== '') return found;
  throw new MultiagentError({
    code: 'requirement.empty',
    message:
      requirement === undefined ? `The requirement in ${req === '-' ? 'standard input' : req} is empty.` : 'The requirement is empty.',
    hint: 'Describe what the team is to build, in a few sentences or pages.',
  });
}

async function fromFile(req: string | undefined): Promise<string> {
  if (req === undefined) {
    throw usageError('There is no requirement.', 'Name a file with --req (or - for standard input), or write it after --requirement.');
  }
  if (req !== '-') return readTextFile(req, 'requirement');
  if (process.stdin.isTTY) process.stderr.write('Type the requirement, then Ctrl-D on a line of its own.\n');
  return text(process.stdin);
}
