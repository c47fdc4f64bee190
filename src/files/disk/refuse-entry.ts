import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shownName } from '../../utils/printable.ts';
import { ifExists, statOf } from './if-exists.ts';
import { collisionKey, refuse, type Refusal } from './path-policy.ts';

interface Entry {
  folder: string;
  segment: string;
  /** The whole path, for the message. */
  path: string;
  place: 'folder' | 'file';
}

/** Why what stands at a place of a folder, or beside it under a name that some system takes for the same, keeps a path from being used. */
export async function refuseEntry({ folder, segment, path, place }: Entry): Promise<Refusal | undefined> {
  const other = await otherSpelling(folder, segment);
  if (other !== undefined) {
    const sameLetters = other.normalize('NFC') === segment.normalize('NFC');
    return sameLetters
      ? refuse('normalisation', path, `differs from a file that exists only in how its accents are encoded`)
      : refuse('case', path, `differs from '${shownName(other)}', which exists, only in capital letters`);
  }
  const stats = await statOf(join(folder, segment));
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return refuse('link', path, `leads through a symbolic link`);
  if (place === 'folder') return stats.isDirectory() ? undefined : refuse('not_a_folder', path, `needs a folder where a file stands`);
  if (stats.isDirectory()) return refuse('directory', path, 'is a folder that exists');
  return stats.isFile() ? undefined : refuse('not_a_file', path, 'exists and is no ordinary file');
}

/** Another name in the folder that some file system takes for the same. */
async function otherSpelling(folder: string, segment: string): Promise<string | undefined> {
  const names = (await ifExists(readdir(folder))) ?? [];
  const key = collisionKey(segment);
  return names.find((name) => name !== segment && name.length <= segment.length * 3 && collisionKey(name) === key);
}
