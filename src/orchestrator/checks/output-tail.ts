import { printable } from '../../utils/printable.ts';

const mostLines = 20;

/** The last lines of what a command printed, safe to show. */
export function outputTail(output: string): string[] {
  const text = printable(output).trimEnd();
  return text === '' ? [] : text.split('\n').slice(-mostLines);
}
