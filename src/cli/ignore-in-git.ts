import { existsSync } from 'node:fs';
import { appendFile, lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** `no_file`: a repository whose folder has no `.gitignore`, or none that is a plain file. */
export type IgnoredInGit = { outcome: 'no_repository' | 'no_file' | 'complete' } | { outcome: 'added'; entries: string[] };

/**
 * Adds to the folder's own `.gitignore` what it does not mention yet, if the folder lies in a git repository. An entry counts as mentioned in any of
 * its usual spellings (`output`, `/output/`, `output/*`), and also as an exception (`!.env`): that is a decision someone has made.
 * @throws the system's error.
 */
export async function ignoreInGit(folder: string, wanted: readonly string[]): Promise<IgnoredInGit> {
  if (!isInRepository(folder)) return { outcome: 'no_repository' };
  const path = join(folder, '.gitignore');
  const isFile = await lstat(path).then(
    (status) => status.isFile(),
    () => false,
  );
  if (!isFile) return { outcome: 'no_file' };
  const text = await readFile(path, 'utf8');
  const mentioned = new Set(text.split(/\r?\n/).map(plainEntry));
  const entries = wanted.filter((entry) => !mentioned.has(plainEntry(entry)));
  if (entries.length === 0) return { outcome: 'complete' };
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : lineEnd;
  await appendFile(path, gap + entries.map((entry) => entry + lineEnd).join(''));
  return { outcome: 'added', entries };
}

function isInRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInRepository(dirname(folder)));
}

function plainEntry(line: string): string {
  return line
    .trimEnd()
    .replace(/^!?(?:\*\*\/|\/)?/, '')
    .replace(/(?:\/\*{1,2}|\/)$/, '');
}
