import { textWidth } from './text-width.ts';

export interface Terminal {
  write(text: string): void;
  /** Asked before each frame, because a person can resize a terminal at any time. */
  columns(): number;
  rows(): number;
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const wrapOff = '\x1b[?7l';
const wrapOn = '\x1b[?7h';

/**
 * Draws frames over each other at the end of what stands in the terminal. Between two frames the terminal is as it was found (cursor shown, lines
 * wrapped), so that no end of the program, not even a sudden one, leaves it otherwise.
 */
export class FramePainter {
  readonly #terminal: Terminal;
  #painted: string[] = [];
  #columns = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  paint(lines: string[]): void {
    const columns = this.#terminal.columns();
    if (columns === this.#columns && lines.length === this.#painted.length && lines.every((line, index) => line === this.#painted[index]))
      return;
    // A terminal that has become narrower has broken the old lines into several.
    const height = this.#painted.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / columns)), 0);
    const up = height === 0 ? '' : `\x1b[${height}A`;
    const text = lines.map((line) => `${line}\x1b[K\n`).join('');
    this.#terminal.write(`${hideCursor}${wrapOff}${up}\r${text}\x1b[J${wrapOn}${showCursor}`);
    this.#painted = lines;
    this.#columns = columns;
  }
}
