import type { Clock } from '../../utils/clock.ts';
import { printableLine } from '../../utils/printable.ts';

export interface WaitingLine {
  /** @param detail What is happening now. */
  show: (detail: string) => void;
  /** Removes the line from the terminal. */
  clear: () => void;
}

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

const linesEveryMilliseconds = 15_000;

/** Says that something takes time: in a terminal with one line that changes, elsewhere with a new line now and then. */
export function waitingLine(output: Output, what: string, clock: Clock): WaitingLine {
  const begun = clock.now();
  let last = Number.NEGATIVE_INFINITY;
  let shown: string | undefined;
  return {
    show: (detail) => {
      const now = clock.now();
      const text = printableLine(`${what} (${Math.floor((now - begun) / 1000)} s) ${detail}`);
      if (output.isTTY) {
        const line = text.slice(0, Math.max((output.columns || 80) - 1, 1));
        if (line !== shown) output.write(`\r\u001B[K${line}`);
        shown = line;
      } else if (now - last >= linesEveryMilliseconds) {
        last = now;
        output.write(`${text}\n`);
      }
    },
    clear: () => {
      if (output.isTTY && shown !== undefined) output.write('\r\u001B[K');
      shown = undefined;
    },
  };
}
