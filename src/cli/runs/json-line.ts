import { withEscapes } from '../safe-json.ts';

/** JSON on one line: whatever a terminal could obey, or show in another order, is written as `\u…`, which a program reads as before. */
export function jsonLine(value: unknown): string {
  return `${withEscapes(JSON.stringify(value))}\n`;
}
