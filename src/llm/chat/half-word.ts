/** How many characters at the end of a text may be the beginning of one of these words, which have at most `longest` characters. */
export function halfWord(text: string, words: readonly string[], longest: number): number {
  const starts = startsOf(words);
  for (let length = Math.min(text.length, longest - 1); length > 0; length -= 1) {
    if (!starts.has(text.charCodeAt(text.length - length))) continue;
    const end = text.slice(-length);
    if (words.some((word) => word.length > length && word.startsWith(end))) return length;
  }
  return 0;
}

export function longestOf(words: readonly string[]): number {
  return Math.max(0, ...words.map(({ length }) => length));
}

const known = new WeakMap<readonly string[], Set<number>>();

/** The first characters of words, which rule out most of a text. */
function startsOf(words: readonly string[]): Set<number> {
  const starts = known.get(words) ?? new Set(words.map((word) => word.charCodeAt(0)));
  known.set(words, starts);
  return starts;
}
