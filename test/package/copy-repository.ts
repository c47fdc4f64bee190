import { cp, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..');

/** What a clone does not have, or what is linked instead. */
const leftOut = new Set(['node_modules', '.git', 'dist', 'output', 'logs', '.multiagent', 'coverage']);

/** A new temporary folder; the caller removes it. */
export async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'package-')));
}

/** The repository without its build, so that building it disturbs nobody; the installed packages are linked. */
export async function copyRepository(target: string): Promise<void> {
  await cp(repository, target, {
    recursive: true,
    filter: (source) => !leftOut.has(relative(repository, source).split(sep)[0] ?? ''),
  });
  await symlink(join(repository, 'node_modules'), join(target, 'node_modules'), 'junction');
}
