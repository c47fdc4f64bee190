import { textWidth } from './text-width.ts';

/**
 * Text for a terminal of so many columns: what is wider goes on in the next line between words, below where its last column or its text begins.
 * A word that fits into no line stays where it is, for the terminal to break, so that a path can be copied. The text holds no colours.
 */
export function foldText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => foldLine(line, columns))
    .join('\n');
}

/** A command to copy into a shell, alone or behind the word that says what it is for: broken, its first half would be run. */
const command = /^ *(?:[\w ]+ {2,})?(?:npx |'?\/.*\/)?(?:multiagent|llama-server)'? /;

function foldLine(line: string, columns: number): string {
  if (textWidth(line) <= columns || command.test(line)) return line;
  const hang = ' '.repeat(hangOf(line, columns));
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<=\S)(?= )/u)) {
    const next = hang + word.trimStart();
    if (current === '' || textWidth(current + word) <= columns || textWidth(next) > columns) current += word;
    else {
      lines.push(current);
      current = next;
    }
  }
  return [...lines, current].join('\n');
}

/** Columns before the lines that go on. A table whose last column begins too far to the right goes on a little behind its first. */
function hangOf(line: string, columns: number): number {
  const own = line.length - line.trimStart().length;
  const gaps = Array.from(line.matchAll(/\S {2,}/gu), ({ index, 0: gap }) => textWidth(line.slice(0, index + gap.length)));
  const last = gaps.at(-1);
  if (last === undefined) return own;
  return last <= columns / 2 ? last : own + 4;
}
