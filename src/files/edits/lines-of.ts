import { trimEndOf } from '../../utils/trim-end-of.ts';

/** The lines of a text, each with its ending. */
export function linesOf(text: string): string[] {
  return text.match(/[^\r\n]+(?:\r\n|\n|\r)?|\r\n|\n|\r/g) ?? [];
}

/** The same lines one by one, for callers that mostly need the first few. */
export function* eachLine(text: string): Generator<string, void, undefined> {
  for (const [line] of text.matchAll(/[^\r\n]+(?:\r\n|\n|\r)?|\r\n|\n|\r/g)) yield line;
}

/** A line without its ending. */
export function withoutEnding(line: string): string {
  return trimEndOf(line, /[\r\n]/);
}
