import { posix } from 'node:path';
import { shownName } from '../../utils/printable.ts';
import { listBelow } from '../below/list-below.ts';
import { readTextBelow } from '../below/read-text-below.ts';

export interface ReadDocument {
  /** Relative to the project, with `/`. */
  path: string;
  holds: string;
  /** Without empty lines around it, otherwise as it is. */
  text: string;
}

/** Of one document; no model reads that much. */
const mostBytes = 512 * 1024;
const mostFiles = 50;
const deepest = 4;

/**
 * The text of the first path that exists. A folder stands for the text files in it and below it, in the order of their paths.
 * @param notes What a person should know is added here: whole sentences; a name in them is safe to show.
 */
export function readDocuments(root: string, paths: readonly string[], holds: string, notes: string[]): ReadDocument[] {
  for (const path of paths) {
    const listed = listBelow(root, path);
    const files = listed.kind === 'folder' ? filesIn(root, path, notes) : [path];
    const read = files.flatMap((file): ReadDocument[] => {
      const found = readTextBelow(root, file, mostBytes);
      if (found.kind === 'unfit') notes.push(`${shownName(file)} was not read: ${found.reason}.`);
      // A document that is there and empty is as good as missing.
      return found.kind === 'text' && found.text.trim() !== '' ? [{ path: file, holds, text: found.text.trim() }] : [];
    });
    if (read.length > 0) return read;
  }
  return [];
}

function filesIn(root: string, path: string, notes: string[]): string[] {
  const found: string[] = [];
  const look = (folder: string, depth: number) => {
    const listed = listBelow(root, folder);
    if (listed.kind !== 'folder') return;
    for (const { name, kind } of listed.entries) {
      const inner = posix.join(folder, name);
      if (kind === 'link') notes.push(`${shownName(inner)} was not read: it is a link.`);
      if (name.startsWith('.') || found.length > mostFiles) continue;
      if (kind === 'file') found.push(inner);
      if (kind === 'folder' && depth < deepest) look(inner, depth + 1);
    }
  };
  look(path, 1);
  if (found.length <= mostFiles) return found;
  notes.push(`${shownName(path)} holds more than ${mostFiles} files: the others were not read.`);
  return found.slice(0, mostFiles);
}
