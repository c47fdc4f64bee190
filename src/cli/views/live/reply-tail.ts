import { printableLine } from '../../../utils/printable.ts';
import { wrapText } from '../text-width.ts';

/** Characters: more than a terminal has room for. A long reply is not taken apart for each picture. */
const mostLookedAt = 8000;

/** The last lines of what has arrived of a reply, as they fit into the columns; without those that are empty, and with nothing that a terminal would obey. */
export function replyTail(text: string, { lines, columns }: { lines: number; columns: number }): string[] {
  if (lines === 0) return [];
  return text
    .slice(-mostLookedAt)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-lines)
    .flatMap((line) => {
      const [, indent = '', rest = ''] = /^([ \t]*)(.*)$/s.exec(line) ?? [];
      const depth = Math.min(indent.replaceAll('\t', '  ').length, Math.floor(columns / 2));
      // Of a line without end nobody sees the beginning.
      return wrapText(`${' '.repeat(depth)}${printableLine(rest.slice(-lines * columns))}`, columns);
    })
    .slice(-lines);
}
