/** What the tests said at one moment. */
export type TestRound =
  | { kind: 'passed' }
  /**
   * `in`: what fails; `build` stands for everything that tests which the team wrote have no say in, `hang` for what did not end. `passed`: how many tests did,
   * and examples. `mark`: equal for the same failure. `examples`: those of the requirement were tried, and all of them hold.
   */
  | { kind: 'failed'; in: 'tests' | 'build' | 'hang'; passed: number; mark: string; examples?: 'hold' | undefined }
  /** They could not be run, or there were none: there is no failure to tell of. */
  | { kind: 'no_failure' };

/** What was done between two rounds. */
export interface RepairDone {
  of: RepairedFiles;
  by: RepairedBy;
  /** Whether it changed a file. */
  changed: boolean;
}

/** Whose files a repair may change: never both at once, so that no program is mended by bending its test. */
export type RepairedFiles = 'programs' | 'tests';

/**
 * `team`: the model of the role that wrote what is repaired. `attempt`: the same model, asked once more for what it was first asked for, with another seed.
 * `repair_model`: the one that a person has set for what the team does not manage.
 */
export type RepairedBy = 'team' | 'attempt' | 'repair_model';

/** Who there is to repair. */
export interface Repairers {
  /** A small model that is told its mistake repeats it (measured): it is not asked. */
  team: 'repairs' | 'does_not';
  /** Whether the run has programs of its own. Those that it was only given stay as they are: a test that fails on them has found a fault, or is wrong itself. */
  hasPrograms: boolean;
  /** How often the programs are written anew at most, once the team has not managed to repair them. */
  attempts: number;
  /** Whether a person has set a model for it. */
  repairModel: boolean;
  /** How many more repairs the whole run may have. */
  left: number;
}

/** What comes next. */
export type NextRepair =
  | { kind: 'repair'; of: RepairedFiles; by: RepairedBy }
  /** `best`: the round whose files are to stand, 0 for what was there before the first repair. */
  | { kind: 'end'; why: 'passed' | 'no_failure' | 'nobody' | 'same_failure' | 'fewer_pass' | 'rounds' | 'run_bound'; best: number };

/** So often are the programs repaired by the team at most: nearly all that repairs bring, the first two bring. */
const mostRepairs = 2;

/**
 * Decides whether files are repaired once more. The programs come first; after a repair that did not help, whoever wrote the tests is asked once whether they
 * contradict the requirement. The same failure again, or fewer tests that pass twice, end what the team does: further rounds make things worse (arXiv
 * 2604.21950). Then the programs are written anew where a person wants further attempts, then a model that is set for it has one try.
 * @param rounds What the tests said at first, and after each repair.
 * @param done The repairs so far: one less than the rounds.
 */
export function nextRepair(
  rounds: readonly TestRound[],
  done: readonly RepairDone[],
  { team, hasPrograms, attempts, repairModel, left }: Repairers,
): NextRepair {
  const last = rounds.at(-1);
  const end = (why: Extract<NextRepair, { kind: 'end' }>['why']): NextRepair => ({ kind: 'end', why, best: bestOf(rounds, done) });
  const repair = (of: RepairedFiles, by: RepairedBy): NextRepair => ({ kind: 'repair', of, by });
  if (last === undefined || last.kind === 'no_failure') return end('no_failure');
  if (last.kind === 'passed') return end('passed');
  if (left <= 0) return end('run_bound');
  const ofTeam = team === 'does_not' ? 'nobody' : hasPrograms ? repairOfTeam(last, rounds, done) : repairOfTests(last, done);
  if (ofTeam === 'programs' || ofTeam === 'tests') return repair(ofTeam, 'team');
  if (!hasPrograms) return end(ofTeam);
  const attempted = done.filter(({ by }) => by === 'attempt').length;
  const isOver = done.some(({ by }) => by === 'repair_model');
  if (team === 'repairs' && attempted < attempts && !isOver) return repair('programs', 'attempt');
  if (repairModel && !done.some(({ by }) => by === 'repair_model')) return repair('programs', 'repair_model');
  return end(ofTeam);
}

/** What the team repairs next, or why it does not. */
function repairOfTeam(
  last: Extract<TestRound, { kind: 'failed' }>,
  rounds: readonly TestRound[],
  done: readonly RepairDone[],
): RepairedFiles | 'same_failure' | 'fewer_pass' | 'rounds' {
  const repairs = done.filter(({ of, by }) => of === 'programs' && by === 'team').length;
  if (done.some(({ by }) => by !== 'team')) return 'rounds';
  const testsReviewed = done.some(({ of }) => of === 'tests');
  // The requirement's own words count more than what the team made of them: then it is the test that is doubtful.
  if (last.in === 'tests' && last.examples === 'hold' && !testsReviewed) return 'tests';
  if (repairs === 0) return 'programs';
  // What hangs costs its whole time each time.
  if (last.in === 'hang') return 'same_failure';
  if (!testsReviewed && last.in === 'tests') return 'tests';
  const changedTests = done.some(({ of, changed }) => of === 'tests' && changed);
  if (!changedTests && isSameAsBefore(rounds, done)) return 'same_failure';
  if (falls(rounds) >= 2) return 'fewer_pass';
  return repairs < mostRepairs ? 'programs' : 'rounds';
}

/** What is repaired where only the tests are the team's own: whoever wrote them is asked once whether they are right. */
function repairOfTests(last: Extract<TestRound, { kind: 'failed' }>, done: readonly RepairDone[]): 'tests' | 'nobody' {
  return last.in !== 'build' && done.length === 0 ? 'tests' : 'nobody';
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
  return round.kind === 'failed' ? round.passed : -1;
}
