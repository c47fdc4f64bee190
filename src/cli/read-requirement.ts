import { existsSync, statSync } from 'node:fs';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { readSpec } from '../project/specs/read-spec.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { printableLine } from '../utils/printable.ts';
import { readTextFile } from './read-text-file.ts';
import { usageError } from './usage-error.ts';
import { writeFolded } from './write-folded.ts';

export interface RequirementOptions {
  /** A file's path, a folder with a specification, or `-` for standard input. */
  req?: string | undefined;
  requirement?: string | undefined;
  /** The words after the workflow: the requirement itself, or the path of such a folder. */
  words?: readonly string[] | undefined;
}

/**
 * @param say Is told, line by line, which documents of a specification were read, and which are missing.
 * @throws MultiagentError if there is no requirement, an empty one, or more than one.
 */
export async function readRequirement({ req, requirement, words = [] }: RequirementOptions, say?: (line: string) => void): Promise<string> {
  if (words.length > 0) requireOnly(words, { '--req': req, '--requirement': requirement });
  const folder = words.length === 0 ? req : words.length === 1 ? words[0] : undefined;
  if (folder !== undefined && requirement === undefined && isFolder(folder)) return specification(folder, say);
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

function isFolder(path: string): boolean {
  try {
    return path !== '-' && statSync(path).isDirectory();
  } catch {
    // It is missing, or too long to be a path; whoever reads it says so.
    return false;
  }
}

/** Tells on standard error what is read, unless the person wants only the outcome. */
export function sayUnlessQuiet({ quiet }: { quiet?: boolean | undefined }): ((line: string) => void) | undefined {
  return quiet === true ? undefined : (line) => writeFolded(`${line}\n`, process.stderr);
}

function specification(folder: string, say: (line: string) => void = () => undefined): string {
  const { requirement, name, files, notes } = readSpec(folder);
  const inIt = files.map((path) => (path.startsWith(`${name}/`) ? path.slice(name.length + 1) : path));
  say(printableLine(`Requirement: ${name} (${inIt.join(', ')})`));
  for (const note of notes) say(note);
  return requirement;
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
  if (words.length === 1 && !/\s/.test(word) && existsSync(word) && !isFolder(word))
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
