import { fileKindOf } from './file-kind.ts';

/** A line of a drawn folder: bars, branches and blanks, one name, and optionally a remark. */
const drawn = /^(?<branch>[\s│├└─|`+\\-]*?)(?<name>\.?[\w@][\w@.-]*\/?|\.{1,2}\/?)(?:\s{1,8}(?:#|\/\/|←|<-|[-–—:(]).*|\s*)$/u;
/** Words that introduce a drawing of the folder to create. */
const announces =
  /\b(?:layout|structure|organi[sz]ed|tree|files?|folders?|director(?:y|ies)|package|project|create|write|deliver|produce)\b/i;
const shows = /\b(?:input|given|example|for instance|such as|reads?|prints?|output|looks? like this on)\b/i;
const mostLines = 200;

/**
 * The files of a folder that a text draws, one per line, to show the layout of what it asks for. A folder above all others is taken for the project folder,
 * unless it is a Python package or the text names it elsewhere.
 */
export function filesInTrees(text: string): string[] {
  return fencedBlocks(text).flatMap(({ lines, before }) => {
    if (lines.length > mostLines || !announces.test(before) || shows.test(before)) return [];
    const entries = entriesOf(lines);
    if (entries === undefined) return [];
    const paths = pathsOf(entries).filter((path) => fileKindOf(path) !== undefined && fileKindOf(path) !== 'data');
    const root = paths[0]?.slice(0, paths[0].indexOf('/') + 1) ?? '';
    const isAround = root !== '' && paths.every((path) => path.startsWith(root)) && entries.filter(({ depth }) => depth === 0).length === 1;
    const isNamed = paths.includes(`${root}__init__.py`) || text.replace(lines.join('\n'), '').includes(root);
    return isAround && !isNamed ? paths.map((path) => path.slice(root.length)) : paths;
  });
}

interface Entry {
  name: string;
  depth: number;
}

/** Undefined if the lines do not draw a folder. */
function entriesOf(lines: readonly string[]): Entry[] | undefined {
  const entries: Entry[] = [];
  for (const line of lines) {
    if (line.trim() === '' || /^[\s│|]+$/u.test(line)) continue;
    const { branch = '', name } = drawn.exec(line)?.groups ?? {};
    if (name === undefined) return undefined;
    if (!/^\.{1,2}\/?$/.test(name)) entries.push({ name, depth: branch.length });
  }
  const smallest = Math.min(...entries.map(({ depth }) => depth));
  return entries.some(({ name }) => name.endsWith('/')) || entries.some(({ depth }) => depth > smallest)
    ? entries.map(({ name, depth }) => ({ name, depth: depth - smallest }))
    : undefined;
}

function pathsOf(entries: readonly Entry[]): string[] {
  const above: Entry[] = [];
  const paths: string[] = [];
  entries.forEach((entry, index) => {
    while (above.length > 0 && (above.at(-1)?.depth ?? 0) >= entry.depth) above.pop();
    const isFolder = entry.name.endsWith('/') || (entries[index + 1]?.depth ?? 0) > entry.depth;
    if (isFolder) above.push(entry);
    else paths.push([...above.map(({ name }) => name.replace(/\/$/, '')), entry.name].join('/'));
  });
  return paths;
}

function fencedBlocks(text: string): { lines: string[]; before: string }[] {
  const blocks: { lines: string[]; before: string }[] = [];
  let open: { lines: string[]; before: string } | undefined;
  let last = '';
  for (const line of text.split('\n')) {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) {
      if (open === undefined) open = { lines: [], before: last };
      else {
        blocks.push(open);
        open = undefined;
      }
    } else if (open !== undefined) open.lines.push(line);
    else if (line.trim() !== '') last = line;
  }
  return blocks;
}
