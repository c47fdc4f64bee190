import type { ExpectedOutput } from '../../agents/examples/example.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

/** Whether a program printed what an example says; white space at the end of lines and of the text does not count. */
export function isOutput(printed: string, { text, extent }: ExpectedOutput): boolean {
  const [lines, wanted] = [plainLines(printed), plainLines(text)];
  if (extent === 'whole') return lines.join('\n') === wanted.join('\n');
  return wanted.length > 0 && lines.some((_, at) => wanted.every((line, offset) => lines[at + offset] === line));
}

function plainLines(text: string): string[] {
  const lines = text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => trimEndOf(line, /[ \t]/));
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
