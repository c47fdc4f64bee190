import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { OpenFolder } from './open-folder.ts';

export interface WalkedEntry {
  /** Relative to the folder where the walk starts, with `/`. */
  path: string;
  entry: Dirent;
  /** The folder that it is in, held open. */
  parent: OpenFolder;
}

/** Visits everything in an open folder and in those below it, the content of a folder before the folder itself. No link is followed. */
export async function walkFolder(folder: OpenFolder, visit: (walked: WalkedEntry) => Promise<void>, above = ''): Promise<void> {
  for (const entry of await readdir(folder.path, { withFileTypes: true })) {
    const path = `${above}${entry.name}`;
    if (entry.isDirectory()) {
      using inner = OpenFolder.open(folder.entry(entry.name));
      if (inner !== undefined) await walkFolder(inner, visit, `${path}/`);
    }
    await visit({ path, entry, parent: folder });
  }
}
