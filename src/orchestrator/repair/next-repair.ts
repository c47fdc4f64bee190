/** What the tests said at one moment. */
export type TestRound =
  | { kind: 'passed' }
  /** `in`: what fails; what cannot be built is not tested. `passed`: how many tests did, where they were counted. `mark`: equal for the same failure. */
  | { kind: 'failed'; in: 'tests' | 'build'; passed: number | undefined; mark: string }
  /** They did not end, could not be run, or there were none: there is no failure to tell of. */
  | { kind: 'no_failure' };

/** What was done between two rounds. */
export interface RepairDone {
  of: RepairedFiles;
  /** Whether it changed a file. */
  changed: boolean;
}

/** Whose files a repair may change: never both at once, so that no program is mended by bending its test. */
export type RepairedFiles = 'programs' | 'tests';

/** What comes next. */
export type NextRepair =
  | { kind: 'repair'; of: RepairedFiles; number: number }
  /** `best`: the round whose files are to stand, 0 for what was there before the first repair. */
  | { kind: 'end'; why: 'passed' | 'no_failure' | 'same_failure' | 'fewer_pass' | 'rounds'; best: number };

/** So often are the programs repaired at most: nearly all that repairs bring, the first two bring. */
const mostRepairs = 2;

/**
 * Decides whether files are repaired once more. The programs come first; after a repair that did not help, whoever wrote the tests is asked once whether they
 * contradict the requirement. The same failure again, or fewer tests that pass twice, end it: further rounds make things worse (arXiv 2604.21950).
 * @param rounds What the tests said at first, and after each repair.
 * @param done The repairs so far: one less than the rounds.
 */
export function nextRepair(rounds: readonly TestRound[], done: readonly RepairDone[]): NextRepair {
  const last = rounds.at(-1);
  const end = (why: Extract<NextRepair, { kind: 'end' }>['why']): NextRepair => ({ kind: 'end', why, best: bestOf(rounds, done) });
  if (last === undefined || last.kind === 'no_failure') return end('no_failure');
  if (last.kind === 'passed') return end('passed');
  const number = done.length + 1;
  const repairs = done.filter(({ of }) => of === 'programs').length;
  if (repairs === 0) return { kind: 'repair', of: 'programs', number };
  const testsReviewed = done.some(({ of }) => of === 'tests');
  if (!testsReviewed && last.in === 'tests') return { kind: 'repair', of: 'tests', number };
  const changedTests = done.some(({ of, changed }) => of === 'tests' && changed);
  if (!changedTests && isSameAsBefore(rounds, done)) return end('same_failure');
  if (falls(rounds) >= 2) return end('fewer_pass');
  return repairs < mostRepairs ? { kind: 'repair', of: 'programs', number } : end('rounds');
}

/** Whether a repair of the programs left the failure as it was. */
function isSameAsBefore(rounds: readonly TestRound[], done: readonly RepairDone[]): boolean {
  return done.some(({ of }, place) => {
    const [before, after] = [rounds[place], rounds[place + 1]];
    return of === 'programs' && before?.kind === 'failed' && after?.kind === 'failed' && before.mark === after.mark;
  });
}

/** How often fewer tests passed than in the round before. */
function falls(rounds: readonly TestRound[]): number {
  return rounds.filter((round, place) => place > 0 && passedIn(round) < passedIn(rounds[place - 1]!)).length;
}

/** The first of those in which most passed. Rounds before the tests were changed cannot be compared with those after. */
function bestOf(rounds: readonly TestRound[], done: readonly RepairDone[]): number {
  const from = done.findLastIndex(({ of, changed }) => of === 'tests' && changed) + 1;
  return rounds.reduce((best, round, place) => (place > from && passedIn(round) > passedIn(rounds[best]!) ? place : best), from);
}

function passedIn(round: TestRound): number {
  if (round.kind === 'passed') return Infinity;
  return round.kind === 'failed' ? (round.passed ?? 0) : -1;
}
