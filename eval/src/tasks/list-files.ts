import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What programs leave behind when they run in a folder: nobody wrote it. */
const leftBehind = /(?:^|\/)(?:__pycache__|node_modules|\.git|\.pytest_cache|target)(?:\/|$)|\.pyc$/;

/** The regular files under a folder, relative with `/`, in order; links are no files. Nothing where the folder does not exist. */
export function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => !leftBehind.test(path))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
