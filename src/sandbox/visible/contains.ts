import { relative, isAbsolute, sep } from 'node:path';

/** Whether a path is a folder, or lies somewhere in it. Both absolute; links are not followed. */
export function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
