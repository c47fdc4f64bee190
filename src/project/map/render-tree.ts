import { estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import { roundCount, roundSize } from './round-size.ts';
import { shownPath } from './shown-path.ts';

interface TreeFile {
  readonly path: string;
  readonly bytes: number;
}

/** A folder whose name ends with '/'; the root's is './'. */
interface Folder {
  path: string;
  depth: number;
  files: TreeFile[];
  folders: Folder[];
  /** Of all files in it, at any depth. */
  count: number;
}

/** So many files and so many folders of one folder are shown; of one that does not fit so, a few. What is beyond is only counted. */
const most = [100, 10];

/**
 * The files by folder, with rounded sizes. If there is not enough room for all, folders further down are given as one line each, with how many files they hold.
 * The order of `files` does not matter.
 * @returns an empty text if nothing fits into so many tokens.
 */
export function renderTree(files: readonly TreeFile[], { tokens }: { tokens: number }): string {
  const root = foldersOf(files);
  if (files.length === 0 || estimateTokens(closedLine(root)) > tokens) return '';
  return linesOf(root, openFolders(root, tokens)).join('');
}

function foldersOf(files: readonly TreeFile[]): Folder {
  const root: Folder = { path: './', depth: 0, files: [], folders: [], count: 0 };
  const known = new Map<string, Folder>([['', root]]);
  const folderOf = (path: string): Folder => {
    // Not by recursion: a path may have thousands of folders.
    const missing: string[] = [];
    let at = path;
    while (!known.has(at)) {
      missing.push(at);
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
    }
    let folder = known.get(at)!;
    for (const next of missing.toReversed()) {
      const child: Folder = { path: `${next}/`, depth: folder.depth + 1, files: [], folders: [], count: 0 };
      folder.folders.push(child);
      known.set(next, child);
      folder = child;
    }
    return folder;
  };
  for (const file of files) folderOf(file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))).files.push(file);
  const all = [...known.values()].toSorted((one, other) => other.depth - one.depth);
  for (const folder of all) {
    folder.files.sort((one, other) => byPath(one.path, other.path));
    folder.folders.sort((one, other) => byPath(one.path, other.path));
    folder.count = folder.folders.reduce((sum, { count }) => sum + count, folder.files.length);
  }
  return root;
}

/** The folders that are shown with what is in them, and how much of it: those near the root first, of these the ones with the most files, as long as all that they add fits. */
function openFolders(root: Folder, tokens: number): Map<Folder, number> {
  const open = new Map<Folder, number>();
  let left = tokens - estimateTokens(closedLine(root));
  let level = [root];
  while (level.length > 0) {
    const next: Folder[] = [];
    for (const folder of level.toSorted(bySize)) {
      const closed = estimateTokens(closedLine(folder));
      const prices = most.map((limit) => ({ limit, price: costOf([...ownLines(folder, limit), ...folderLines(folder, limit)]) - closed }));
      const fits = prices.find(({ price }) => price <= left);
      if (fits === undefined) continue;
      left -= fits.price;
      open.set(folder, fits.limit);
      next.push(...folder.folders.slice(0, fits.limit));
    }
    level = next;
  }
  return open;
}

/** Each line by itself, so that the sum is never less than the estimate of all of them together. */
function costOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + estimateTokens(line), 0);
}

function linesOf(root: Folder, open: ReadonlyMap<Folder, number>): string[] {
  const lines: string[] = [];
  const rest: (Folder | string)[] = [root];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const limit = typeof next === 'string' ? undefined : open.get(next);
    if (typeof next === 'string') {
      lines.push(next);
    } else if (limit === undefined) {
      lines.push(closedLine(next));
    } else {
      lines.push(...ownLines(next, limit));
      rest.push(...moreFolders(next, limit), ...next.folders.slice(0, limit).toReversed());
    }
  }
  return lines;
}

function ownLines({ path, files }: Folder, limit: number): string[] {
  if (files.length === 0) return [];
  const lines = files.slice(0, limit).map((file) => `  ${shownPath(nameOf(file.path))} ${roundSize(file.bytes)}\n`);
  const rest = files.length - limit;
  return [`${shownPath(path)}\n`, ...lines, ...(rest > 0 ? [`  and up to ${roundCount(rest)} more files\n`] : [])];
}

function folderLines(folder: Folder, limit: number): string[] {
  return [...folder.folders.slice(0, limit).map(closedLine), ...moreFolders(folder, limit)];
}

function moreFolders({ path, folders }: Folder, limit: number): string[] {
  const rest = folders.length - limit;
  return rest > 0 ? [`${shownPath(path)} and up to ${roundCount(rest)} more folders\n`] : [];
}

function closedLine({ path, count }: Folder): string {
  return `${shownPath(path)} up to ${roundCount(count)} files\n`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** By the rounded count, so that a few files more or less change nothing. */
function bySize(one: Folder, other: Folder): number {
  return roundCount(other.count) - roundCount(one.count) || byPath(one.path, other.path);
}

/** By code units, which is the same on every machine. */
function byPath(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
