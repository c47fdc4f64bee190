import { type FencedBlock, rangeWithin } from '../fenced-block.ts';
import type { FileChange, FileName, PackedFile } from '../file-format.ts';
import { commentMarksOf } from '../names/comment-marks.ts';
import { isTalkLanguage, languageOfInfo } from '../names/languages.ts';
import { parseDiff, type DiffHunk, type FileDiff } from './parse-diff.ts';

const diffLanguages = new Set(['diff', 'patch', 'udiff']);

/** A unified diff; each of its hunks is an edit. A block whose name is that of a patch file does not count. */
export const unifiedDiff = {
  name: 'unified-diff',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    const language = languageOfInfo(block.info);
    const says = language !== undefined && diffLanguages.has(language);
    if (name !== undefined && /\.(?:diff|patch|rej)$/i.test(name.path)) return undefined;
    if (!says && !isDiff(block.content, name, language)) return undefined;
    const files = parseDiff(block.content).flatMap((file) => changesOf(file, block, name));
    if (files.length > 0) return files;
    // Without a name and hunks it only shows something.
    if (name === undefined) return [];
    const reason = 'The diff holds no hunk that can be read.';
    return [{ path: name.path, change: { kind: 'unreadable', reason }, content: block.content, range: block.range }];
  },
};

const header = /^\s*(?:diff --git .*|(?:Index|index)[: ].*(?:\r\n|\n|\r)=+(?:\r\n|\n|\r)|--- [^\r\n]+(?:\r\n|\n|\r)\+\+\+ )/;

/**
 * Whether a block is a diff although its fence does not say so. Documents quote diffs, so a block with a name is a diff only if that is for the same file. The
 * text of a diff is never code.
 */
function isDiff(content: string, name: FileName | undefined, language: string | undefined): boolean {
  const start = content.slice(0, 4000);
  const isWhole = header.test(start);
  if (name === undefined) return isWhole && (language === undefined || isTalkLanguage(language) || /^@@ /m.test(start));
  const isHunk = /^\s*@@+ -\d[\d,]* \+\d[\d,]* @@/.test(start);
  if (!(isWhole && /^@@/m.test(start)) && !isHunk) return false;
  if (isHunk || isCode(name.path)) return isCode(name.path);
  return parseDiff(content).every(({ from, to }) => (to ?? from) === name.path);
}

function isCode(path: string): boolean {
  return commentMarksOf(path) !== undefined;
}

function changesOf(file: FileDiff, block: FencedBlock, name: FileName | undefined): PackedFile[] {
  const path = file.to ?? file.from ?? name?.path ?? '';
  const packed = (change: FileChange, { start, end }: { start: number; end: number }): PackedFile => ({
    path,
    change,
    content: block.content.slice(start, end),
    range: rangeWithin(block, start, end),
  });
  // Without a name it belongs to the file that was changed before, or it only shows something.
  if (path === '' && file.hunks.every(({ before }) => before === '')) return [];
  switch (file.kind) {
    case 'deleted':
      return [packed({ kind: 'delete', ...showsOf(file) }, file)];
    case 'moved':
      return [packed({ kind: 'move', from: file.from ?? '' }, file), ...file.hunks.map((hunk) => packed(changeOf(hunk), hunk))];
    case 'renamed':
      return [packed({ kind: 'unreadable', reason: 'The diff renames the file; give the whole file under its new name.' }, file)];
    case 'created':
      return [packed({ kind: 'edit', before: '', after: file.hunks.map(({ after }) => after).join('') }, file)];
    default:
      return file.hunks.map((hunk) => packed(changeOf(hunk), hunk));
  }
}

/** The content of a deleted file according to the hunks of the diff. */
function showsOf({ hunks }: FileDiff): { shows?: string } {
  return hunks.length === 0 ? {} : { shows: hunks.map(({ before }) => before).join('') };
}

function changeOf({ before, after, line }: DiffHunk): FileChange {
  if (before !== '') return { kind: 'edit', before, after, ...(line === undefined ? {} : { line }) };
  if (line === 0) return { kind: 'edit', before, after };
  return { kind: 'unreadable', reason: 'The hunk has no line around it that tells where it belongs.' };
}
