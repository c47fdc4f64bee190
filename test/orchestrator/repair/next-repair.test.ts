import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { nextRepair, type NextRepair, type RepairDone, type TestRound } from '../../../src/orchestrator/repair/next-repair.ts';

const failed = (passed: number, mark = `${passed}`): Extract<TestRound, { kind: 'failed' }> => ({
  kind: 'failed',
  in: 'tests',
  passed,
  mark,
});
const unbuilt = (mark: string): TestRound => ({ kind: 'failed', in: 'build', passed: 0, mark });
const byModel: NextRepair = { kind: 'repair', of: 'programs', by: 'repair_model' };
const hang: TestRound = { kind: 'failed', in: 'hang', passed: 0, mark: 'hang' };
const passed: TestRound = { kind: 'passed' };
const bounds = { hasPrograms: true, attempts: 0, left: 20 };
const team = { ...bounds, team: 'repairs', repairModel: false } as const;
const programs: RepairDone = { of: 'programs', by: 'team', changed: true };
const tests: RepairDone = { of: 'tests', by: 'team', changed: true };
const testsAreRight: RepairDone = { of: 'tests', by: 'team', changed: false };

describe('what follows when tests were run', () => {
  test.each<[string, TestRound[], RepairDone[], NextRepair]>([
    ['they pass: nothing', [passed], [], { kind: 'end', why: 'passed', best: 0 }],
    ['they could not be run: there is nothing to tell', [{ kind: 'no_failure' }], [], { kind: 'end', why: 'no_failure', best: 0 }],
    ['they did not end: that is told once', [hang], [], { kind: 'repair', of: 'programs', by: 'team' }],
    ['and not twice', [hang, hang], [programs], { kind: 'end', why: 'same_failure', best: 0 }],
    ['one fails: the programs are repaired', [failed(1)], [], { kind: 'repair', of: 'programs', by: 'team' }],
    [
      'one fails, and all examples of the requirement hold: the test is doubtful first',
      [{ ...failed(1), examples: 'hold' }],
      [],
      { kind: 'repair', of: 'tests', by: 'team' },
    ],
    [
      'and is right: then the programs',
      [
        { ...failed(1), examples: 'hold' },
        { ...failed(1), examples: 'hold' },
      ],
      [testsAreRight],
      { kind: 'repair', of: 'programs', by: 'team' },
    ],
    ['the repair helped', [failed(1), passed], [programs], { kind: 'end', why: 'passed', best: 1 }],
    ['it did not: the tests may be wrong', [failed(1), failed(2)], [programs], { kind: 'repair', of: 'tests', by: 'team' }],
    ['the tests were wrong', [failed(1), failed(2), passed], [programs, tests], { kind: 'end', why: 'passed', best: 2 }],
    [
      'the tests are right, and the failure is another one: the programs once more',
      [failed(1), failed(2), failed(2)],
      [programs, testsAreRight],
      { kind: 'repair', of: 'programs', by: 'team' },
    ],
    [
      'the tests are right, and the failure is the same: no more',
      [failed(1, 'x'), failed(1, 'x'), failed(1, 'x')],
      [programs, testsAreRight],
      { kind: 'end', why: 'same_failure', best: 0 },
    ],
    [
      'other tests fail: the programs once more',
      [failed(1, 'x'), failed(1, 'x'), failed(3)],
      [programs, tests],
      { kind: 'repair', of: 'programs', by: 'team' },
    ],
    [
      'two repairs of the programs are all there are, and the best stays',
      [failed(1), failed(5), failed(5), failed(3)],
      [programs, testsAreRight, programs],
      { kind: 'end', why: 'rounds', best: 1 },
    ],
    [
      'what cannot be built is no matter of the tests',
      [unbuilt('x'), unbuilt('y')],
      [programs],
      { kind: 'repair', of: 'programs', by: 'team' },
    ],
    ['the same fault of a build again: no more', [unbuilt('x'), unbuilt('x')], [programs], { kind: 'end', why: 'same_failure', best: 0 }],
    [
      'what passed before the tests changed cannot be compared',
      [failed(8), failed(2), failed(3), failed(1)],
      [programs, tests, programs],
      { kind: 'end', why: 'fewer_pass', best: 2 },
    ],
  ])('%s', (_, rounds, done, expected) => {
    expect(nextRepair(rounds, done, team)).toEqual(expected);
  });

  test.each<[string, TestRound[], RepairDone[], 'repairs' | 'does_not', NextRepair]>([
    ['a small model repeats its mistake: nobody repairs', [failed(1)], [], 'does_not', { kind: 'end', why: 'nobody', best: 0 }],
  ])('%s', (_, rounds, done, members, expected) => {
    expect(nextRepair(rounds, done, { ...bounds, team: members, repairModel: false })).toEqual(expected);
  });

  test.each<[string, TestRound[], RepairDone[], 'repairs' | 'does_not', NextRepair]>([
    ['at once where the team does not repair', [failed(1)], [], 'does_not', byModel],
    ['after what the team did', [failed(1), failed(5), failed(5), failed(3)], [programs, testsAreRight, programs], 'repairs', byModel],
    ['after the same failure', [failed(1, 'x'), failed(1, 'x'), failed(1, 'x')], [programs, testsAreRight], 'repairs', byModel],
    [
      'once',
      [failed(1), failed(2)],
      [{ of: 'programs', by: 'repair_model', changed: true }],
      'does_not',
      { kind: 'end', why: 'nobody', best: 1 },
    ],
  ])('a model that is set for it has a try, %s', (_, rounds, done, members, expected) => {
    expect(nextRepair(rounds, done, { ...bounds, team: members, repairModel: true })).toEqual(expected);
  });

  test.each<[string, TestRound[], RepairDone[], NextRepair]>([
    ['whoever wrote the tests is asked whether they are right', [failed(1)], [], { kind: 'repair', of: 'tests', by: 'team' }],
    ['also where they do not end', [hang], [], { kind: 'repair', of: 'tests', by: 'team' }],
    ['and once only', [failed(1), failed(2)], [tests], { kind: 'end', why: 'nobody', best: 1 }],
    ['what does not build is nobody’s to repair', [unbuilt('x')], [], { kind: 'end', why: 'nobody', best: 0 }],
  ])('programs that the run was only given stay as they are: %s', (_, rounds, done, expected) => {
    const without = { ...team, hasPrograms: false, attempts: 2, repairModel: true };
    expect(nextRepair(rounds, done, without)).toEqual(expected);
  });

  const attempt: NextRepair = { kind: 'repair', of: 'programs', by: 'attempt' };
  const anew: RepairDone = { of: 'programs', by: 'attempt', changed: true };
  const given = [failed(2, 'x'), failed(2, 'x'), failed(2, 'x')];
  const repaired = [programs, testsAreRight];
  test.each<
    [string, TestRound[], RepairDone[], { attempts?: number; repairModel?: boolean; team?: 'does_not'; left?: number }, NextRepair]
  >([
    ['once the team has not managed to repair them', given, repaired, { attempts: 2 }, attempt],
    ['and not before', [failed(1)], [], { attempts: 2 }, { kind: 'repair', of: 'programs', by: 'team' }],
    [
      'as often as a person wants, also where the failure is the same',
      [...given, failed(2, 'x')],
      [...repaired, anew],
      { attempts: 2 },
      attempt,
    ],
    [
      'and no more: the best stays',
      [...given, failed(3), failed(1)],
      [...repaired, anew, anew],
      { attempts: 2 },
      { kind: 'end', why: 'rounds', best: 3 },
    ],
    ['and before the model that is set for repairs', given, repaired, { attempts: 1, repairModel: true }, attempt],
    ['which has its try then', [...given, failed(1)], [...repaired, anew], { attempts: 1, repairModel: true }, byModel],
    [
      'never for a small model, which writes each file several times',
      [failed(1)],
      [],
      { attempts: 2, team: 'does_not' },
      { kind: 'end', why: 'nobody', best: 0 },
    ],
    [
      'nor where the run has had all repairs that one may have',
      [failed(1)],
      [],
      { attempts: 2, left: 0 },
      { kind: 'end', why: 'run_bound', best: 0 },
    ],
  ])('programs are written anew %s', (_, rounds, done, repairers, expected) => {
    expect(nextRepair(rounds, done, { ...team, ...repairers })).toEqual(expected);
  });

  it('comes to an end after three repairs at most, whatever the tests say, and keeps nothing worse than it has seen', () => {
    const round = fc.oneof(
      fc.record({
        kind: fc.constant('failed' as const),
        in: fc.constantFrom('tests' as const, 'build' as const),
        passed: fc.nat(5),
        mark: fc.constantFrom('a', 'b'),
        examples: fc.constantFrom(undefined, 'hold' as const),
      }),
      fc.constant<TestRound>({ kind: 'no_failure' }),
    );
    fc.assert(
      fc.property(
        fc.array(round, { minLength: 8, maxLength: 8 }),
        fc.boolean(),
        fc.boolean(),
        fc.nat(2),
        (said, changed, repairModel, attempts) => {
          const rounds = [said[0]!];
          const done: RepairDone[] = [];
          const repairers = { ...bounds, team: 'repairs', attempts, repairModel } as const;
          let next = nextRepair(rounds, done, repairers);
          while (next.kind === 'repair') {
            done.push({ of: next.of, by: next.by, changed: next.of === 'programs' || changed });
            rounds.push(said[done.length]!);
            next = nextRepair(rounds, done, repairers);
          }
          expect(done.length).toBeLessThanOrEqual(3 + attempts + (repairModel ? 1 : 0));
          const from = done.findIndex(({ of, changed: isChanged }) => of === 'tests' && isChanged) + 1;
          const counts = rounds.slice(from).map((one) => (one.kind === 'failed' ? one.passed : -1));
          expect(counts[next.best - from]).toBe(Math.max(...counts));
        },
      ),
    );
  });
});
