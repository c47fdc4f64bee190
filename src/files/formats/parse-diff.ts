import { linesOf, withoutEnding } from '../edits/lines-of.ts';

/** One hunk of a diff. */
export interface DiffHunk {
  /** The first line in the old file, from 1. Undefined if the hunk does not say. */
  line: number | undefined;
  before: string;
  after: string;
  start: number;
  end: number;
}

/** What a diff says about one file. */
export interface FileDiff {
  /** Without `a/` and `b/`. Undefined for a file that does not exist, or if the diff has no header. */
  from: string | undefined;
  to: string | undefined;
  /** `moved`: Git's lines above it say so. `renamed`: only its two names differ. */
  kind: 'changed' | 'created' | 'deleted' | 'moved' | 'renamed' | 'unnamed';
  hunks: DiffHunk[];
  start: number;
  end: number;
}

/** Reads a unified diff of any number of files. Line counts are not trusted: models get them wrong. @returns none if there is no hunk. */
export function parseDiff(content: string): FileDiff[] {
  const lines = linesOf(content);
  const files: FileDiff[] = [];
  let file: FileDiff | undefined;
  let git: GitHeader = {};
  let offset = 0;
  for (let index = 0; index < lines.length;) {
    const line = withoutEnding(lines[index]!);
    let next = index + 1;
    const isHeader = line.startsWith('--- ') && lines[next]?.startsWith('+++ ');
    if (isHeader) {
      next += 1;
      // What Git says about the file comes before it.
      if (file === undefined || file.hunks.length > 0 || !isOfGit.has(file.kind)) {
        file = newFile(line.slice(4), withoutEnding(lines[index + 1]!).slice(4), offset);
        files.push(file);
      }
    } else if (line.startsWith('@@') || (file === undefined && index === 0 && isBody(lines))) {
      file ??= unnamedFile(offset, files);
      const first = line.startsWith('@@') ? index + 1 : index;
      next = endOfHunk(lines, first);
      const hunk = readHunk(lines.slice(first, next), lineOf(line));
      file.hunks.push({ ...hunk, start: offset, end: offset + lengthOf(lines, index, next) });
    } else if (line.startsWith('diff --git ')) {
      file = undefined;
      git = { both: sameName(line.slice('diff --git '.length)) };
    } else if (file === undefined) {
      file = fileOfGit(line, git, offset);
      if (file !== undefined) files.push(file);
    }
    offset += lengthOf(lines, index, next);
    if (file !== undefined) file.end = offset;
    index = next;
  }
  return files.filter(({ hunks, kind }) => hunks.length > 0 || kind === 'deleted' || kind === 'moved' || kind === 'renamed');
}

/** The lines between `diff --git` and the first hunk. */
interface GitHeader {
  /** The name of the file, if it is the same before and after. */
  both?: string | undefined;
  from?: string | undefined;
}

const isOfGit: ReadonlySet<FileDiff['kind']> = new Set(['moved', 'deleted']);

/** `a/src/x.py b/src/x.py` */
function sameName(names: string): string | undefined {
  const half = (names.length - 1) / 2;
  const [before, after] = [names.slice(0, half), names.slice(half + 1)];
  return before.startsWith('a/') && after === `b/${before.slice(2)}` ? before.slice(2) : undefined;
}

/** A file that Git declares moved or deleted, once that is clear. */
function fileOfGit(line: string, git: GitHeader, start: number): FileDiff | undefined {
  const described = { hunks: [], start, end: start };
  if (line.startsWith('rename from ')) git.from = line.slice('rename from '.length).trim();
  else if (line.startsWith('rename to ') && git.from !== undefined)
    return { from: git.from, to: line.slice('rename to '.length).trim(), kind: 'moved', ...described };
  else if (line.startsWith('deleted file mode ') && git.both !== undefined)
    return { from: git.both, to: undefined, kind: 'deleted', ...described };
  return undefined;
}

function newFile(minus: string, plus: string, start: number): FileDiff {
  const [from, to] = [pathOf(minus), pathOf(plus)];
  const kind = from === undefined ? 'created' : to === undefined ? 'deleted' : from === to ? 'changed' : 'renamed';
  return { from, to, kind, hunks: [], start, end: start };
}

function unnamedFile(start: number, files: FileDiff[]): FileDiff {
  const file: FileDiff = { from: undefined, to: undefined, kind: 'unnamed', hunks: [], start, end: start };
  files.push(file);
  return file;
}

function pathOf(header: string): string | undefined {
  const [name = ''] = header.split('\t', 1);
  const path = name.trim().replace(/^"(.*)"$/, '$1');
  return path === '/dev/null' ? undefined : path.replace(/^[ab]\//, '');
}

/** Whether it is a diff without a header: every line begins like a line of a hunk, and some are added or removed. */
function isBody(lines: string[]): boolean {
  return lines.every((line) => /^[ +\-\r\n]/.test(line)) && lines.some((line) => /^[+-]/.test(line));
}

function lineOf(header: string): number | undefined {
  const match = /^@@+ -(\d{1,9})/.exec(header);
  return match === null ? undefined : Number(match[1]);
}

function endOfHunk(lines: string[], first: number): number {
  for (let index = first; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line.startsWith('@@') || line.startsWith('diff --git ')) return index;
    if (line.startsWith('--- ') && lines[index + 1]?.startsWith('+++ ')) return index;
  }
  return lines.length;
}

function readHunk(lines: string[], line: number | undefined): Pick<DiffHunk, 'line' | 'before' | 'after'> {
  const before: string[] = [];
  const after: string[] = [];
  let last = lines.length;
  // Blank lines after the hunk belong to the reply; a blank line of the file would begin with a space.
  while (last > 0 && withoutEnding(lines[last - 1]!) === '') last -= 1;
  for (const text of lines.slice(0, last)) {
    const content = text.slice(1);
    if (text.startsWith('+')) after.push(content);
    else if (text.startsWith('-')) before.push(content);
    else if (text.startsWith('\\')) dropEnding(after);
    else {
      const context = text.startsWith(' ') ? content : text;
      before.push(context);
      after.push(context);
    }
  }
  return { line, before: before.join(''), after: after.join('') };
}

/** `\ No newline at end of file`. For the old file it does not matter: lines are compared without their endings. */
function dropEnding(lines: string[]): void {
  const last = lines.pop();
  if (last !== undefined) lines.push(withoutEnding(last));
}

function lengthOf(lines: string[], from: number, to: number): number {
  let length = 0;
  for (let index = from; index < to; index += 1) length += lines[index]!.length;
  return length;
}
