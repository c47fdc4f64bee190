import { printableLine } from '../../../utils/printable.ts';
import { wrapText } from '../text-width.ts';

/** One row of a reply on the screen. */
export interface ReplyRow {
  /** The line of the reply, from 0. */
  line: number;
  /** Which of the rows that the line takes, from 0. */
  part: number;
  /** As wide as the columns at most, with nothing that a terminal would obey. */
  text: string;
}

let last: { text: string; columns: number; rows: ReplyRow[] } | undefined;

/** A whole reply as it is read in this many columns (at least 2). The newest result is kept, since pictures are drawn ten times a second. */
export function replyRows(text: string, columns: number): ReplyRow[] {
  if (last?.text !== text || last.columns !== columns) {
    const lines = text.replaceAll('\r', '').replaceAll('\t', '  ').replace(/\n$/, '').split('\n');
    const rows = lines.flatMap((whole, line) =>
      wrapText(printableLine(whole), columns).map((shown, part) => ({ line, part, text: shown })),
    );
    last = { text, columns, rows };
  }
  return last.rows;
}
