/** How many characters at the end of a text may be the beginning of one of these words, which are as long as `longest` at most. */
export function halfWord(text: string, words: readonly string[], longest: number): number {
  for (let length = Math.min(text.length, longest - 1); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (words.some((word) => word.length > length && word.startsWith(end))) return length;
  }
  return 0;
}

export function longestOf(words: readonly string[]): number {
  return Math.max(0, ...words.map(({ length }) => length));
}
