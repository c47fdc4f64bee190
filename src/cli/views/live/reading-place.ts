import { type ReplyRow, replyRows } from './reply-rows.ts';

/**
 * Where a person is in a reply: which row stands at the top. It is named by the line of the reply, so that a terminal of another width shows the same one.
 * `end`: at its end, also while more is written.
 */
export type Place = 'end' | Pick<ReplyRow, 'line' | 'part'>;

/** A reply, and the terminal that shows it. */
export interface ReplyOnScreen {
  text: string;
  columns: number;
  rows: number;
}

/** Rows around a reply: whose it is, which part is shown, the keys; the last row of the terminal stays free. */
const around = 4;

/** The rows that are shown of a reply, out of all of them. */
export function rowsAt(place: Place, { text, columns, rows }: ReplyOnScreen): { all: ReplyRow[]; top: number; shown: ReplyRow[] } {
  const height = heightOf(rows);
  // A mark and a space stand before each row, and the last column stays free.
  const all = replyRows(text, Math.max(2, columns - 3));
  const last = Math.max(0, all.length - height);
  const top = place === 'end' ? last : Math.min(last, indexOf(all, place));
  return { all, top, shown: all.slice(top, top + height) };
}

const [home, end] = [
  ['\u001b[H', '\u001bOH', '\u001b[1~', '\u001b[7~', 'g'],
  ['\u001b[F', '\u001bOF', '\u001b[4~', '\u001b[8~', 'G'],
];

/** How many rows or pages a key goes on; negative: back. */
const ways: readonly { keys: readonly string[]; by: number; unit: 'row' | 'page' }[] = [
  { keys: ['\u001b[A', '\u001bOA'], by: -1, unit: 'row' },
  { keys: ['\u001b[B', '\u001bOB'], by: 1, unit: 'row' },
  { keys: ['\u001b[5~', 'b'], by: -1, unit: 'page' },
  { keys: ['\u001b[6~', ' '], by: 1, unit: 'page' },
];

/** Where a key leads in a reply; undefined for a key that leads nowhere. A page leaves one row of the page before in sight. */
export function placeAfter(place: Place, key: string, reply: ReplyOnScreen): Place | undefined {
  if (home.includes(key)) return { line: 0, part: 0 };
  if (end.includes(key)) return 'end';
  const way = ways.find(({ keys }) => keys.includes(key));
  if (way === undefined) return undefined;
  const { all, top } = rowsAt(place, reply);
  const height = heightOf(reply.rows);
  const next = top + way.by * (way.unit === 'row' ? 1 : Math.max(1, height - 1));
  const row = all[Math.max(0, next)];
  return row === undefined || next >= all.length - height ? endOr(all, height) : { line: row.line, part: row.part };
}

/** A reply that fits is at its beginning, and at its end. */
function endOr(all: readonly ReplyRow[], height: number): Place {
  return all.length <= height ? { line: 0, part: 0 } : 'end';
}

/** In another width a line has other parts: then the last that there is. */
function indexOf(all: readonly ReplyRow[], { line, part }: Exclude<Place, 'end'>): number {
  return Math.max(
    0,
    all.findLastIndex((row) => row.line < line || (row.line === line && row.part <= part)),
  );
}

function heightOf(rows: number): number {
  return Math.max(1, rows - around);
}
