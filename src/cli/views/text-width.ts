import { stripVTControlCharacters } from 'node:util';
import { printableLine } from '../../utils/printable.ts';

let made: Intl.Segmenter | undefined;

/** Creating one takes longer than most commands, so it is done only for text that is not plain ASCII. */
function graphemes(text: string): Intl.Segments {
  made ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return made.segment(text);
}

/** Characters that take two columns: emoji, and the scripts of East Asia with their full-width forms. */
const wide =
  /\p{Emoji_Presentation}|\u{FE0F}|[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{4DBF}\u{4E00}-\u{A4CF}\u{A960}-\u{A97F}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]/u;
const invisible = /^[\p{M}\p{Cf}]+$/u;

function widthOf(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** The number of columns that a line takes in a terminal; colours take none. */
export function textWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (/^[\u{20}-\u{7E}]*$/u.test(plain)) return plain.length;
  return Array.from(graphemes(plain), ({ segment }) => widthOf(segment)).reduce((sum, width) => sum + width, 0);
}

/** Cuts a text to at most this many columns; a cut text ends in `mark`. The text must not contain colours. */
export function cutText(text: string, columns: number, mark: string): string {
  if (textWidth(text) <= columns) return text;
  const room = columns - textWidth(mark);
  if (room < 0) return '';
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes(text)) {
    width += widthOf(segment);
    if (width > room) break;
    kept += segment;
  }
  return kept + mark;
}

/** Pads a text with spaces to this many columns. */
export function padText(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** Wraps a text to lines of at most this many columns (at least 2), between words if possible. The text must not contain colours. */
export function wrapText(text: string, columns: number): string[] {
  const room = Math.max(columns, 2);
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(/(?<=\S)(?= )/u)) {
      if (current !== '' && textWidth(current + word) > room) {
        lines.push(current);
        current = word.trimStart();
      } else current += word;
      if (textWidth(current) <= room) continue;
      const full = cutUp(current, room);
      current = full.pop() ?? '';
      for (const piece of full) lines.push(piece);
    }
    return [...lines, current];
  });
}

/** A word that is wider than the columns (at least 2) in pieces; the last one may have room left. */
function cutUp(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const { segment } of graphemes(word)) {
    const more = widthOf(segment);
    if (width + more > columns) {
      pieces.push(piece);
      [piece, width] = ['', 0];
    }
    piece += segment;
    width += more;
  }
  return [...pieces, piece];
}

/** Formats rows as lines with aligned columns, two spaces apart. The result is safe to print. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map((row) => row.map(printableLine));
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => textWidth(row[column] ?? ''))));
  return shown.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - textWidth(cell))))
      .join('  ')
      .trimEnd(),
  );
}
