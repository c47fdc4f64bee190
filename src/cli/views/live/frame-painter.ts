import { textWidth } from '../text-width.ts';

export interface Terminal {
  write(text: string): void;
  /** Called before each frame, because a person can resize a terminal at any time. */
  columns(): number;
  rows(): number;
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const wrapOff = '\x1b[?7l';
const wrapOn = '\x1b[?7h';

/**
 * Draws frames over each other below the text in the terminal. Between two frames the terminal is in its original state (cursor shown, lines wrapped), so
 * that even a sudden end of the program leaves it that way.
 */
export class FramePainter {
  readonly #terminal: Terminal;
  #painted: string[] = [];
  /** Widths of lines of earlier frames that a shorter window has pushed out of sight. A taller window shows them again, right above the frame. */
  #pushedUp: number[] = [];
  #columns = 0;
  #rows = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  paint(lines: string[]): void {
    const columns = this.#terminal.columns();
    const rows = this.#terminal.rows();
    const isSame = lines.length === this.#painted.length && lines.every((line, index) => line === this.#painted[index]);
    if (columns === this.#columns && rows === this.#rows && isSame) return;
    const height = this.#climb(columns, rows);
    const up = height === 0 ? '' : `\x1b[${height}A`;
    // Each line is erased first: some terminals remember the length of a line that was only overwritten, and that it continued on the next one.
    const text = lines.map((line) => `\x1b[2K${line}\n`).join('');
    this.#terminal.write(`${hideCursor}${wrapOff}${up}\r${text}\x1b[J${wrapOn}${showCursor}`);
    this.#painted = lines;
    this.#columns = columns;
    this.#rows = rows;
  }

  /** How many lines up the next frame begins. A terminal that has become narrower has broken the old lines into several. */
  #climb(columns: number, rows: number): number {
    const widths = this.#painted.map(textWidth);
    const height = heightOf(widths, columns);
    // The cursor is below the frame.
    const room = Math.max(rows - 1, 1);
    if (height > room) {
      for (let left = height - room; left > 0;) {
        const width = widths.shift() ?? 0;
        left -= heightOf([width], columns);
        this.#pushedUp.push(width);
      }
      return room;
    }
    let above = 0;
    while (this.#pushedUp.length > 0 && height + above < room) above += heightOf([this.#pushedUp.pop() ?? 0], columns);
    return Math.min(height + above, room);
  }
}

function heightOf(widths: readonly number[], columns: number): number {
  return widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
}
