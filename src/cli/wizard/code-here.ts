import { opendirSync } from 'node:fs';
import { join } from 'node:path';
import { mapLanguageOf } from '../../project/map/languages/map-languages.ts';

/** So many entries are looked at, in so many folders below each other: this only helps to suggest something. */
const mostEntries = 2000;
const deepest = 4;
/** What others wrote, and what runs write. Hidden folders are none of the project's either. */
const notOwn = new Set(['node_modules', 'output', 'vendor', 'target', 'build', 'dist']);

/** Whether there is code in a folder, by the names of its files; nearest folders first. Links are not followed. */
export function codeHere(folder: string): 'there' | 'none' {
  let left = mostEntries;
  for (let depth = 0, folders = [folder]; depth < deepest && folders.length > 0; depth += 1) {
    const inner: string[] = [];
    for (const each of folders) {
      for (const entry of entriesOf(each, left)) {
        left -= 1;
        if (entry.isFile() && mapLanguageOf(entry.name) !== undefined) return 'there';
        if (entry.isDirectory() && !entry.name.startsWith('.') && !notOwn.has(entry.name)) inner.push(join(each, entry.name));
      }
    }
    folders = inner;
  }
  return 'none';
}

/** At most so many. A folder that cannot be read has none. */
function entriesOf(folder: string, most: number) {
  const entries = [];
  try {
    using opened = opendirSync(folder);
    for (let entry = opened.readSync(); entry !== null && entries.length < most; entry = opened.readSync()) entries.push(entry);
  } catch {
    // What was read before it failed counts.
  }
  return entries;
}
