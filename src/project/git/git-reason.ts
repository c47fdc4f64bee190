import { printableLine } from '../../utils/printable.ts';

/** What Git says is wrong, without its advice; a part of a sentence. */
export function reasonOf(text: string): string {
  const lines = text.trimEnd().split('\n');
  const line = lines.find((told) => /^(?:fatal|error): /.test(told)) ?? lines.at(-1) ?? '';
  return printableLine(line)
    .replace(/^(?:fatal|error): /, '')
    .replace(/[.:]$/, '');
}
