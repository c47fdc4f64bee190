const names =
  'think|thinking|thought|thoughts|reasoning|reflection|scratchpad|antthinking|seed:think|inner_monologue|inner_thoughts|internal';

const tag = new RegExp(`^<(${names})(?:\\s[^<>]{0,200})?>`, 'i');

/** How models set their thoughts apart from what they answer, beside tags: at the beginning of a line, and at the end of the thought in lower case. */
const marks: readonly { open: RegExp; close: string }[] = [
  { open: /^\[THINK\]/, close: '[/think]' },
  { open: /^◁think▷/, close: '◁/think▷' },
  { open: /^<\|begin_of_thought\|>/, close: '<|end_of_thought|>' },
  { open: /^<\|START_THINKING\|>/, close: '<|end_thinking|>' },
  { open: /^(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary(?! to=))\b/, close: '<|end|>' },
];

/** What ends the thought that a line opens and does not end itself; undefined for any other line. In lower case. */
export function endOfThought(line: string): string | undefined {
  const text = line.trimStart();
  // Most lines end here.
  if (!/^(?:<[a-z|]|\[THINK\]|◁)/i.test(text)) return undefined;
  const name = tag.exec(text)?.[1];
  const close = name === undefined ? marks.find(({ open }) => open.test(text))?.close : `</${name.toLowerCase()}>`;
  return close === undefined || text.toLowerCase().includes(close) ? undefined : close;
}

/** Where the text after this end goes on in a line; -1 where the line does not hold it. */
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

/** Where the answer begins in a text that ends a thought which it did not open, as where the server's template opened it: 0 for any other text. */
export function startOfAnswer(text: string): number {
  const found = orphan.exec(text);
  if (found === null) return 0;
  const before = text.slice(0, found.index).split(/\r\n|\n|\r/);
  if (before.some((line) => endOfThought(line) !== undefined)) return 0;
  // Between fences it is a line of a file.
  return before.filter((line) => /^ {0,3}(?:```|~~~)/.test(line)).length % 2 === 0 ? found.index + found[0].length : 0;
}
