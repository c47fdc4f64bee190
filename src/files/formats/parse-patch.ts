import { trimEndOf } from '../../utils/trim-end-of.ts';
import { eachLine, withoutEnding } from '../edits/lines-of.ts';

/** The lines between two lines of `@@`, or all of them. */
export interface PatchHunk {
  /** The line above the changed ones, as quoted in the hunk's header. */
  anchor: string | undefined;
  before: string;
  after: string;
  start: number;
  end: number;
}

/** What a patch says about one file. */
export interface PatchedFile {
  kind: 'add' | 'update' | 'delete';
  path: string;
  movedTo: string | undefined;
  hunks: PatchHunk[];
  start: number;
  end: number;
}

const header = /^\*\*\* (Add|Create|Update|Modify|Delete|Remove) File:\s*(\S.*)$/i;
const beginning = /^\*\*\* (?:Begin Patch|(?:Add|Create|Update|Modify|Delete|Remove) File:)/i;
const kinds: Readonly<Record<string, PatchedFile['kind']>> = {
  add: 'add',
  create: 'add',
  update: 'update',
  modify: 'update',
  delete: 'delete',
  remove: 'delete',
};

/** No reply may contain more: what follows is not read. */
const mostFiles = 5000;

/** Whether a text is a patch for `apply_patch`. The call of that program, or a shell line before it, may come first. */
export function isPatch(content: string): boolean {
  const text = content.slice(0, 2000).trimStart();
  const [first = ''] = text.split('\n', 1);
  return beginning.test(text) || (/apply_patch/i.test(first) && beginning.test(text.slice(first.length).trimStart()));
}

/** Reads such a patch: `*** Update File: src/app.py`, then hunks below lines of `@@` that may quote a line for orientation. */
export function parsePatch(content: string): PatchedFile[] {
  const files: PatchedFile[] = [];
  let hunkLines: string[] = [];
  let anchor: string | undefined;
  let hunkStart = 0;
  let offset = 0;
  const finishHunk = () => {
    const file = files.at(-1);
    if (file !== undefined && hunkLines.some((line) => withoutEnding(line) !== ''))
      file.hunks.push({ anchor, ...sidesOf(hunkLines, file.kind), start: hunkStart, end: offset });
    hunkLines = [];
  };
  for (const line of eachLine(content)) {
    const text = withoutEnding(line);
    const file = files.at(-1);
    const opening = text.startsWith('*** ') ? header.exec(text) : null;
    if (opening !== null) {
      finishHunk();
      if (files.length === mostFiles) break;
      files.push({
        kind: kinds[opening[1]!.toLowerCase()]!,
        path: opening[2]!.trim(),
        movedTo: undefined,
        hunks: [],
        start: offset,
        end: offset,
      });
      anchor = undefined;
      hunkStart = offset + line.length;
    } else if (/^\*\*\* End Patch\s*$/i.test(text)) {
      finishHunk();
      if (file !== undefined) file.end = offset;
      break;
    } else if (file !== undefined && /^\*\*\* Move to:/i.test(text)) file.movedTo = text.slice(text.indexOf(':') + 1).trim();
    else if (text.startsWith('@@') && file?.kind === 'update') {
      finishHunk();
      const words = withoutClosingSigns(text.replace(/^@@+(?: -\d[\d,]* \+\d[\d,]* @@+)?/, '').trim());
      anchor = words === '' ? undefined : words;
      hunkStart = offset;
    } else if (!text.startsWith('*** ') || !/^\*\*\* End of File\s*$/i.test(text)) hunkLines.push(line);
    offset += line.length;
    if (file !== undefined && opening === null) file.end = offset;
  }
  finishHunk();
  return files;
}

/** `def run(): @@`: the closing signs of a hunk's header. */
function withoutClosingSigns(text: string): string {
  return text.endsWith('@@') ? trimEndOf(text, /@/).trimEnd() : text;
}

/** Lines without a sign stay, or belong to a new file: models forget the sign. */
function sidesOf(lines: readonly string[], kind: PatchedFile['kind']): Pick<PatchHunk, 'before' | 'after'> {
  const before: string[] = [];
  const after: string[] = [];
  let last = lines.length;
  while (last > 0 && withoutEnding(lines[last - 1]!) === '') last -= 1;
  for (const line of lines.slice(0, last)) {
    if (line.startsWith('+')) after.push(line.slice(1));
    else if (kind === 'add') after.push(line);
    else if (line.startsWith('-')) before.push(line.slice(1));
    else {
      const context = line.startsWith(' ') ? line.slice(1) : line;
      before.push(context);
      after.push(context);
    }
  }
  return { before: before.join(''), after: after.join('') };
}
