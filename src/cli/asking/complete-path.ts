import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { printableLine } from '../../utils/printable.ts';

export interface PathChoice {
  /** The typed text completed with the entry's name; a folder ends in `/`. */
  name: string;
  /** The same path with `~` resolved, for programs. */
  value: string;
  kind: 'file' | 'folder';
}

const most = 200;

/**
 * The completions of a typed path: the entries of its folder that begin with its last part, folders first. Hidden entries are offered only after a
 * dot. A name that cannot be shown unchanged is left out. A folder that cannot be read has no entries.
 */
export async function completePath(typed: string, directory: string): Promise<PathChoice[]> {
  const slash = typed.lastIndexOf('/') + 1;
  const folder = typed.slice(0, slash);
  const start = typed.slice(slash);
  const real = folder.startsWith('~/') ? join(homedir(), folder.slice(1), '/') : folder;
  const base = resolve(directory, real);
  const entries = await readdir(base, { withFileTypes: true }).catch(() => []);
  const fitting = entries
    .filter(({ name }) => name.startsWith(start) || (start !== '' && name.toLowerCase().startsWith(start.toLowerCase())))
    .filter(({ name }) => (start.startsWith('.') || !name.startsWith('.')) && printableLine(name) === name)
    .slice(0, most);
  const choices = await Promise.all(
    fitting.map(async (entry): Promise<PathChoice[]> => {
      // A link counts as what it points to.
      const kind = entry.isSymbolicLink() ? await stat(join(base, entry.name)).catch(() => undefined) : entry;
      if (kind?.isDirectory()) return [{ name: `${folder}${entry.name}/`, value: `${real}${entry.name}/`, kind: 'folder' }];
      return kind?.isFile() ? [{ name: folder + entry.name, value: real + entry.name, kind: 'file' }] : [];
    }),
  );
  const rank = ({ kind }: PathChoice) => (kind === 'folder' ? 0 : 1);
  return choices.flat().sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** A path as a person in this folder would type it. */
export function nearPath(path: string, directory: string): string {
  const absolute = resolve(directory, path);
  const near = relative(directory, absolute);
  return near === '' || near.startsWith('..') ? absolute : near;
}
