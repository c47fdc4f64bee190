const runLength = 5;

/**
 * Every run of five words, as a number of 32 bits: two different runs have the same one so seldom that the part of the runs that two texts share does not
 * change by it, and a long run of a workflow compares many. Of a shorter text the text itself.
 */
export function wordRuns(text: string): Set<number> {
  const words = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(hashOf);
  if (words.length < runLength) return new Set([together(words, 0, words.length)]);
  const runs = new Set<number>();
  for (let end = runLength; end <= words.length; end += 1) runs.add(together(words, end - runLength, end));
  return runs;
}

/** FNV-1a. */
const basis = 0x81_1c_9d_c5;
const prime = 0x01_00_01_93;

function hashOf(word: string): number {
  let hash = basis;
  for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), prime);
  return hash;
}

/** The order of the words counts. */
function together(words: readonly number[], begin: number, end: number): number {
  let hash = basis;
  for (let index = begin; index < end; index += 1) {
    const word = words[index] ?? 0;
    hash = Math.imul(Math.imul(hash ^ (word & 0xff_ff), prime) ^ (word >>> 16), prime);
  }
  return hash;
}

/** Of the runs of words in a reply, how many another text may hold before it is that text again. */
export const sameText = 0.9;
