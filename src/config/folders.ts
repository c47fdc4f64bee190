import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { showName } from './show-value.ts';

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The path with links followed, as far as it exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), relative(parent, path));
  }
}

/** Whether a path lies in a folder (or is it), by its name or, links followed, in truth. */
export function isInsideFolder(folder: string, path: string): boolean {
  return contains(resolve(folder), resolve(path)) || contains(realPath(resolve(folder)), realPath(resolve(path)));
}

/** A path for a message: relative where it lies in the folder. */
export function showFile(path: string, folder: string): string {
  return showName(contains(folder, path) ? relative(folder, path) : path);
}
