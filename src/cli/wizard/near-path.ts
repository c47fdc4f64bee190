import { relative, resolve } from 'node:path';

/** A path as a person in this folder would type it. */
export function nearPath(path: string, directory: string): string {
  const absolute = resolve(directory, path);
  const near = relative(directory, absolute);
  return near === '' || near.startsWith('..') ? absolute : near;
}
