import { join } from 'node:path';
import { shownName } from '../../utils/printable.ts';
import type { FolderNames } from './folder-names.ts';
import { statOf } from './system-file-error.ts';
import { refuse, type Refusal } from './path-policy.ts';

interface Entry {
  folder: string;
  segment: string;
  /** The whole path, for the message. */
  path: string;
  place: 'folder' | 'file';
  names: FolderNames;
}

/** Why a path cannot be used: because of what is at its place, or beside it under a name that some system treats as the same. */
export function refuseEntry({ folder, segment, path, place, names }: Entry): Refusal | undefined {
  const stats = statOf(join(folder, segment));
  const other = names.otherSpelling(folder, segment, stats === undefined ? 'absent' : 'there');
  if (other !== undefined) {
    const sameLetters = other.normalize('NFC') === segment.normalize('NFC');
    return sameLetters
      ? refuse('normalisation', path, `differs from a file that exists only in how its accents are encoded`)
      : refuse('case', path, `differs from '${shownName(other)}', which exists, only in capital letters`);
  }
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return refuse('link', path, `leads through a symbolic link`);
  if (place === 'folder') return stats.isDirectory() ? undefined : refuse('not_a_folder', path, `needs a folder where a file stands`);
  if (stats.isDirectory()) return refuse('directory', path, 'is a folder that exists');
  return stats.isFile() ? undefined : refuse('not_a_file', path, 'exists and is no ordinary file');
}
