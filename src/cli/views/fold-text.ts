import { textWidth } from './text-width.ts';

/**
 * Folds text for a terminal of this width: a wider line continues on the next one, broken between words and indented to where its last column or its text begins.
 * A word that fits into no line is left to the terminal to break, so that a path can be copied. The text must not contain colours.
 */
export function foldText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => foldLine(line, columns))
    .join('\n');
}

/** A command to copy into a shell, alone or after the word that says what it is for. It is not broken, because its first half would be run. */
const command =
  /^ *(?:\w+(?: +\w+)* {2,})?(?:(?:npx |'?\/.*\/)?(?:multiagent|llama-server)'?|(?:node|'?\/.*\/node'?) \S*multiagent\.[jt]s'?) /;

function foldLine(line: string, columns: number): string {
  if (textWidth(line) <= columns || command.test(line)) return line;
  const { hang, kind } = hangOf(line, columns);
  const fits = (text: string) => textWidth(text) <= columns;
  const lines: string[] = [];
  let current = '';
  const add = (piece: string) => {
    const next = ' '.repeat(hang) + piece.trimStart();
    if (current === '' || fits(current + piece) || !fits(next)) current += piece;
    else {
      lines.push(current);
      current = next;
    }
  };
  for (const cell of kind === 'cells' ? line.split(/(?<=\S)(?= {2})/u) : [line]) {
    const whole = kind === 'cells' && fits(' '.repeat(hang) + cell.trimStart());
    for (const piece of whole ? [cell] : cell.split(/(?<=\S)(?= )/u)) add(piece);
  }
  return [...lines, current].join('\n');
}

/**
 * The indentation of continued lines, in columns, and what is moved there: words, or the cells of a table whose last column begins too far to the right;
 * these rows continue with a small indentation.
 */
function hangOf(line: string, columns: number): { hang: number; kind: 'words' | 'cells' } {
  const own = line.length - line.trimStart().length;
  const gaps = Array.from(line.matchAll(/\S {2,}/gu), ({ index, 0: gap }) => textWidth(line.slice(0, index + gap.length)));
  const last = gaps.at(-1) ?? own;
  return last <= columns / 2 ? { hang: last, kind: 'words' } : { hang: own + 4, kind: 'cells' };
}
