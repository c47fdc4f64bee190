import type { LineRunsOptions, Run } from './line-runs.ts';

/*
 * When a repetition is a runaway. Tuned on texts by people and programs (whole libraries of code, their pages, tables, data) and on texts by models that lost
 * their way; `test/llm/reply/runaway/` holds both. In files it is normal that a line follows from the one before it.
 */

/** So many lines in a row hardly ever repeat by chance. */
const longBlock = 12;

/** Limits for lines of a reply. */
export const lineLimits: LineRunsOptions = {
  longestPeriod: 64,
  longestAlike: 8,
  isRunaway(run) {
    const { period, lines, characters, kind } = run;
    const rounds = lines / period;
    if (kind === 'alike') return isAlike(run);
    if (isProse(run)) return lines >= 16 && ((rounds >= 6 && characters >= 400) || lines >= 150);
    if (characters < 1500) return lines >= 400;
    // Nobody writes a block of many lines over and over, word for word: functions differ at least in their names.
    if (kind === 'same' && period >= longBlock && rounds >= 3 && characters >= 2500) return true;
    return kind === 'same' ? lines >= 48 && rounds >= 12 : lines >= 64 && rounds >= (period < 3 ? 40 : 24);
  },
};

/** Limits for parts of an endless line, such as sentences or numbers between commas. */
export const partLimits: LineRunsOptions = {
  longestPeriod: 16,
  longestAlike: 0,
  isRunaway({ period, lines, characters, place }) {
    const rounds = lines / period;
    return place === 'prose' ? lines >= 40 && rounds >= 12 && characters >= 400 : lines >= 600 && rounds >= 100 && characters >= 3000;
  },
};

/** Whether the lines are prose: drawings and rules have no words. */
function isProse({ place, words, lines }: Run): boolean {
  return place === 'prose' && words * 2 >= lines;
}

/** Sentences of one shape in which only a few words differ. */
function isAlike({ lines, period, wordsAgain, partsAgain, parts }: Run): boolean {
  const rounds = lines / period;
  return lines >= 32 && rounds >= 24 && wordsAgain >= rounds * 4 && partsAgain * 3 >= parts * 2;
}

/** How much of the end is searched for one block over and over, whatever its lines, and how often, in characters. */
export const loopWindow = 8704;
export const loopInterval = 512;
/** Shorter loops occur in tables, drawings and data. */
export const shortestLoop = 1000;
export const fewestRounds = 4;

/** Whether a repeated block is a runaway. */
export function isRunawayLoop(block: string, length: number, place: 'prose' | 'data'): boolean {
  const rounds = length / block.length;
  if (/[\p{L}\d]/u.test(block)) return place === 'prose' || (length >= 2500 && rounds >= 6);
  // Drawings have several lines without a word.
  return length >= (place === 'prose' && !block.includes('\n') ? shortestLoop : 4000);
}
