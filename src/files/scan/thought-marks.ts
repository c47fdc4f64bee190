const names =
  'think|thinking|thought|thoughts|reasoning|reflection|scratchpad|antthinking|seed:think|inner_monologue|inner_thoughts|internal';

const tag = new RegExp(`^<(${names})(?:\\s[^<>]{0,200})?>`, 'i');

/** How models separate their thoughts from their answer: the mark at the beginning of a line, and the mark at the end in lower case. */
const marks: readonly { open: RegExp; close: string }[] = [
  { open: /^\[THINK\]/, close: '[/think]' },
  { open: /^◁think▷/, close: '◁/think▷' },
  { open: /^<\|begin_of_thought\|>/, close: '<|end_of_thought|>' },
  { open: /^<\|START_THINKING\|>/, close: '<|end_thinking|>' },
  { open: /^(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary(?! to=))\b/, close: '<|end|>' },
];

/** The end mark, in lower case, of the thought that a line opens and does not end itself. Undefined for any other line. */
export function endOfThought(line: string): string | undefined {
  const text = line.trimStart();
  // Most lines end here.
  if (!/^(?:<[a-z|]|\[THINK\]|◁)/i.test(text)) return undefined;
  const name = tag.exec(text)?.[1];
  const close = name === undefined ? marks.find(({ open }) => open.test(text))?.close : `</${name.toLowerCase()}>`;
  return close === undefined || text.toLowerCase().includes(close) ? undefined : close;
}

/** The position on a line after this end mark; -1 if the line does not contain it. */
export function afterThought(line: string, close: string): number {
  const at = line.toLowerCase().indexOf(close);
  return at === -1 ? -1 : at + close.length;
}

const anyEnd = new RegExp(`^(?:<\\/(?:${names})>|\\[\\/THINK\\]|◁\\/think▷|<\\|end_of_thought\\|>)`, 'i');

/** Whether a line begins with the end of a thought. */
export function endsThought(line: string): boolean {
  return anyEnd.test(line);
}

const orphan = new RegExp(`^[ \\t]*(?:<\\/(?:think|thinking|thought|reasoning)>|\\[\\/THINK\\]|◁\\/think▷)`, 'im');

/** Where the answer begins in a text that ends a thought that it did not open, as when the server's template opened it; 0 for any other text. */
export function startOfAnswer(text: string): number {
  const found = orphan.exec(text);
  if (found === null) return 0;
  const before = text.slice(0, found.index).split(/\r\n|\n|\r/);
  if (before.some((line) => endOfThought(line) !== undefined)) return 0;
  // Between fences it is a line of a file.
  return before.filter((line) => /^ {0,3}(?:```|~~~)/.test(line)).length % 2 === 0 ? found.index + found[0].length : 0;
}
