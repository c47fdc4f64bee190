import type { Outline } from './outline.ts';

export interface ReindentOptions {
  outline: Outline;
  /** The piece: whole lines, except for the indentation of the first. */
  from: number;
  to: number;
  /** The new indentation. */
  indentation: string;
}

/** A piece of a fragment, indented for its place. Lines within strings stay unchanged. */
export function reindent({ outline, from, to, indentation }: ReindentOptions): string {
  const { text, stringLines } = outline;
  const old = indentationAt(text, from);
  const lines = text.slice(from, to).split('\n');
  const row = text.slice(0, from).split('\n').length - 1;
  const rest = lines.slice(1).filter((line, index) => line.trim() !== '' && !stringLines.has(row + 1 + index));
  // Some models remove the indentation only from the first line.
  const isFirstOnly = old === '' && indentation !== '' && rest.length > 0 && rest.every((line) => line.startsWith(indentation));
  const isClosedThere =
    rest.at(-1)?.startsWith(`${indentation}}`) === true || rest.every((line) => /^\s/.test(line.slice(indentation.length)));
  const restStays = isFirstOnly && isClosedThere && standsDeeper(rest[0]!, indentation);
  const moved = lines.map((line, index) => {
    if (index === 0) return indentation + line;
    if (line.trim() === '' || restStays || stringLines.has(row + index)) return line;
    if (line.startsWith(old)) return indentation + line.slice(old.length);
    return line;
  });
  return moved.join('\n');
}

/** Whether a line is indented twice as deep as the place, as in a method of a class and not in a top-level function. */
function standsDeeper(line: string, indentation: string): boolean {
  return /^\s*/.exec(line)![0].length >= indentation.length * 2;
}

/** The white space before this position on its line. Undefined if anything else is there. */
export function indentationBefore(text: string, position: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', position - 1) + 1, position);
  return before.trim() === '' ? before : undefined;
}

function indentationAt(text: string, position: number): string {
  return indentationBefore(text, position) ?? '';
}
