const runLength = 5;

/** Every run of five words; of a shorter text the text itself. */
export function wordRuns(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < runLength) return new Set([words.join(' ')]);
  return new Set(words.slice(runLength - 1).map((_, at) => words.slice(at, at + runLength).join(' ')));
}

/** Of the runs of words in a reply, how many another text may hold before it is that text again. */
export const sameText = 0.9;
