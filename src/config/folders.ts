import { readlinkSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { showName } from './show-value.ts';

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** As many links as operating systems follow. */
const mostLinks = 40;

/** The path with links followed as far as it exists; a link to something that does not exist is followed, too. */
function realPath(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    if (parent === path) return path;
    const target = links < mostLinks ? linkTarget(path) : undefined;
    return target === undefined ? join(realPath(parent, links), relative(parent, path)) : realPath(resolve(parent, target), links + 1);
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Whether a path is in a folder, or is the folder itself, either by its name or when links are followed. */
export function isInsideFolder(folder: string, path: string): boolean {
  return contains(resolve(folder), resolve(path)) || isTrulyInside(folder, path);
}

/** Whether a path is in a folder, or is the folder itself, when links are followed. */
export function isTrulyInside(folder: string, path: string): boolean {
  return contains(realPath(resolve(folder)), realPath(resolve(path)));
}

/** A path for a message, relative if it is in the folder. */
export function showFile(path: string, folder: string): string {
  return showName(contains(folder, path) ? relative(folder, path) : path);
}
