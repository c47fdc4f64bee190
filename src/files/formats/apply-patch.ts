import { parsePatch, isPatch, type PatchedFile, type PatchHunk } from './parse-patch.ts';
import type { FileChange, FileName, PackedFile } from '../file-format.ts';
import { type FencedBlock, rangeWithin } from '../fenced-block.ts';

/** `*** Begin Patch`, `*** Update File: src/app.py`, hunks, `*** End Patch`, whatever language the fence says. */
export const applyPatch = {
  name: 'apply-patch',
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined {
    if (!isPatch(block.content) || (name !== undefined && /\.(?:md|mdx|patch|diff|txt)$/i.test(name.path))) return undefined;
    const files = parsePatch(block.content).flatMap((file) => changesOf(file, block));
    if (files.length > 0) return files;
    const reason = 'The patch names no file, or ends before its first change.';
    return [{ path: name?.path ?? '', change: { kind: 'unreadable', reason }, content: block.content, range: block.range }];
  },
};

function changesOf({ kind, path, movedTo, hunks, start, end }: PatchedFile, block: FencedBlock): PackedFile[] {
  const packed = (change: FileChange, from: number, to: number): PackedFile => ({
    path,
    change,
    content: block.content.slice(from, to),
    range: rangeWithin(block, from, to),
  });
  if (kind === 'delete') return [packed({ kind: 'delete' }, start, end)];
  if (movedTo !== undefined && movedTo !== path)
    return [packed({ kind: 'move', from: path }, start, end), ...hunks.map((hunk) => packed(changeOf(hunk), hunk.start, hunk.end))].map(
      (file) => ({ ...file, path: movedTo }),
    );
  if (kind === 'add') return [packed({ kind: 'edit', before: '', after: hunks.map(({ after }) => after).join('') }, start, end)];
  return hunks.map((hunk) => packed(changeOf(hunk), hunk.start, hunk.end));
}

function changeOf({ before, after, anchor }: PatchHunk): FileChange {
  if (before.trim() !== '') return { kind: 'edit', before, after, ...(anchor === undefined ? {} : { anchor }) };
  return { kind: 'insert', after, ...(anchor === undefined ? {} : { anchor }) };
}
