import type { LineShape } from './line-shape.ts';

/** Lines, without a gap up to the newest, that each follow from the line `period` lines before. */
export interface Run {
  period: number;
  lines: number;
  characters: number;
  words: number;
  /** Whether any of its lines is data. */
  place: LineShape['place'];
  /** `same`: nothing changes. `counting`: numbers do, by the same step each time. `alike`: words do, too. */
  kind: 'same' | 'counting' | 'alike';
  /** Words that were there before, and the share of them and the signs in everything. */
  wordsAgain: number;
  partsAgain: number;
  parts: number;
  /** Where the lines that say nothing new begin. */
  cutAt: number;
}

export interface LineRunsOptions {
  longestPeriod: number;
  /** For lines that are only alike. */
  longestAlike: number;
  isRunaway: (run: Run) => boolean;
}

/** Watches lines, one at a time, for runs that only repeat themselves or count on. Memory and time per line are bounded. */
export class LineRuns {
  readonly #options: LineRunsOptions;
  /** The latest lines, the newest last. */
  readonly #lines: LineShape[] = [];
  readonly #following: (Run | undefined)[] = [];
  readonly #alike: (Run | undefined)[] = [];

  constructor(options: LineRunsOptions) {
    this.#options = options;
  }

  /** @returns the run that this line makes too long. */
  next(line: LineShape, start: number): Run | undefined {
    const { longestPeriod, longestAlike, isRunaway } = this.#options;
    const before = this.#lines;
    let found: Run | undefined;
    for (let period = 1; period <= Math.min(longestPeriod, before.length); period += 1) {
      const one = before[before.length - period] as LineShape;
      const follows = step(one, line, before[before.length - 2 * period]);
      const run = extend(this.#following[period], { period, line, start, kind: follows });
      this.#following[period] = run;
      if (run !== undefined && isRunaway(run)) found ??= run;
      if (period > longestAlike) continue;
      const alike = line.place === 'prose' && one.place === 'prose' && one.kinds === line.kinds;
      const similar = extend(this.#alike[period], { period, line, start, kind: alike ? 'alike' : undefined });
      if (similar !== undefined) compare(similar, one, line);
      this.#alike[period] = similar;
      if (similar !== undefined && isRunaway(similar)) found ??= similar;
    }
    before.push(line);
    if (before.length > 2 * longestPeriod) before.shift();
    return found;
  }
}

interface Step {
  period: number;
  line: LineShape;
  start: number;
  kind: Run['kind'] | undefined;
}

function extend(run: Run | undefined, { period, line, start, kind }: Step): Run | undefined {
  if (kind === undefined) return undefined;
  const { characters, words, place } = line;
  if (run === undefined) return { period, lines: 1, characters, words, place, kind, wordsAgain: 0, partsAgain: 0, parts: 0, cutAt: start };
  run.lines += 1;
  run.characters += characters;
  run.words += words;
  if (place === 'data') run.place = 'data';
  if (kind !== 'same') run.kind = kind;
  // Two items of a list are kept, and one of longer blocks.
  if (period === 1 && run.lines === 2) run.cutAt = start;
  return run;
}

/** How a line follows from an earlier one: unchanged, or with its numbers continuing by the same step. */
function step(before: LineShape, line: LineShape, earlier: LineShape | undefined): 'same' | 'counting' | undefined {
  if (before.hash !== line.hash || before.numbers.length !== line.numbers.length) return undefined;
  const third = earlier?.hash === line.hash && earlier.numbers.length === line.numbers.length ? earlier : undefined;
  let kind: 'same' | 'counting' = 'same';
  for (const [index, number] of line.numbers.entries()) {
    const by = number - (before.numbers[index] ?? 0);
    if (third !== undefined && by !== (before.numbers[index] ?? 0) - (third.numbers[index] ?? 0)) return undefined;
    if (by !== 0) kind = 'counting';
  }
  return kind;
}

function compare(run: Run, before: LineShape, line: LineShape): void {
  for (const [index, one] of line.said.entries()) {
    run.parts += 1;
    if (one !== before.said[index]) continue;
    run.partsAgain += 1;
    if ((one & 1) === 0) run.wordsAgain += 1;
  }
}
