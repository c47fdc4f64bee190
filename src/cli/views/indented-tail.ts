import { printable } from '../../utils/printable.ts';

const mostLines = 20;

/** The last lines of what a command printed, safe to show, set off from our own. */
export function indentedTail(output: string): string {
  const lines = printable(output).trimEnd().split('\n').slice(-mostLines);
  return lines.length === 1 && lines[0] === '' ? '' : `${lines.map((line) => `    ${line}`).join('\n')}\n`;
}
