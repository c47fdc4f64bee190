import { applyTextEdits } from './text-edits.ts';

/** A file after mending, and what was done to it, as parts of sentences. */
export interface MendedFile {
  content: string;
  changes: string[];
}

/** Inserts, removes or replaces whole lines; everything else stays as it is. */
export type LineEdit =
  | { kind: 'insert'; at: number; line: string }
  | { kind: 'remove'; start: number; end: number }
  | { kind: 'replace'; start: number; end: number; line: string };

/** Applies edits that do not overlap. Insertions at one place keep their order. */
export function applyLineEdits(content: string, edits: readonly LineEdit[]): string {
  const end = /\r?\n/.exec(content)?.[0] ?? '\n';
  const placed = edits.map((edit) => {
    const text = edit.kind === 'remove' ? '' : edit.line.replaceAll('\n', end) + end;
    return edit.kind === 'insert' ? { start: edit.at, end: edit.at, text } : { start: edit.start, end: edit.end, text };
  });
  return applyTextEdits(content, placed);
}

/** The beginning of the line with this offset. */
export function lineStart(content: string, offset: number): number {
  const start = content.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && content.startsWith('\uFEFF') ? 1 : start;
}

/** The position after the line with this offset; the end of the text if the last line has no ending. */
export function lineEnd(content: string, offset: number): number {
  const end = content.indexOf('\n', offset);
  return end === -1 ? content.length : end + 1;
}
