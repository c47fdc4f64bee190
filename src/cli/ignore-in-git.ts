import { existsSync } from 'node:fs';
import { appendFile, lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** `no_file`: the folder is in a repository but has no `.gitignore`, or it is not a plain file. */
export type IgnoredInGit = { outcome: 'no_repository' | 'no_file' | 'complete' } | { outcome: 'added'; entries: string[] };

/**
 * Adds missing entries to the folder's own `.gitignore` if the folder is in a Git repository. An entry may be there in any of its usual spellings
 * (`output`, `/output/`, `output/*`), or as an exception (`!.env`), which is somebody's decision.
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
