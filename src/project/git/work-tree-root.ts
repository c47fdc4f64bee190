import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';

const mostAbove = 64;

/**
 * The folder of the Git work tree that a folder is in: the nearest with a `.git`, itself included. Git is not asked, because the settings of a repository may
 * lead it to any place. @param folder Absolute, links followed.
 */
export function workTreeRoot(folder: string): string | undefined {
  let at = folder;
  for (let above = 0; above < mostAbove; above += 1) {
    const git = lstatSync(join(at, '.git'), { throwIfNoEntry: false });
    if (git?.isDirectory() || git?.isFile()) return at;
    if (dirname(at) === at) return undefined;
    at = dirname(at);
  }
  return undefined;
}
