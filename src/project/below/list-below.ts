import { type Dirent, opendirSync, realpathSync } from 'node:fs';
import { unreadableReason } from '../../utils/describe-error.ts';
import { FolderReader } from './folder-reader.ts';

export interface EntryBelow {
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
}

export type FolderBelow =
  /** Sorted by name. `more`: there are so many that not all were looked at. */
  | { kind: 'folder'; entries: EntryBelow[]; more: boolean }
  | { kind: 'missing' }
  /** `reason` ends a sentence. */
  | { kind: 'unfit'; reason: string };

const mostEntries = 5000;

/** What is in a folder of a project. No link is followed. @param root May itself be reached through links. @param path Relative to `root`, with `/`. */
export function listBelow(root: string, path: string): FolderBelow {
  try {
    using reader = new FolderReader(realpathSync(root), 0);
    const folder = reader.folder(path);
    if (folder === undefined) return { kind: 'unfit', reason: 'it is a link, or reached through one' };
    const listed = opendirSync(folder.path);
    try {
      const entries: EntryBelow[] = [];
      for (let entry = listed.readSync(); entry !== null; entry = listed.readSync()) {
        if (entries.length === mostEntries) return { kind: 'folder', entries: sorted(entries), more: true };
        entries.push({ name: entry.name, kind: kindOf(entry) });
      }
      return { kind: 'folder', entries: sorted(entries), more: false };
    } finally {
      listed.closeSync();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unfit', reason: unreadableReason(error) };
  }
}

function kindOf(entry: Dirent): EntryBelow['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

/** By code points, as everywhere; a person's language changes nothing. */
function sorted(entries: EntryBelow[]): EntryBelow[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
