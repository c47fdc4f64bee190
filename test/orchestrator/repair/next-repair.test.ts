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
const team = { team: 'repairs', repairModel: false } as const;
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
    expect(nextRepair(rounds, done, { team: members, repairModel: false })).toEqual(expected);
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
    expect(nextRepair(rounds, done, { team: members, repairModel: true })).toEqual(expected);
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
      fc.property(fc.array(round, { minLength: 6, maxLength: 6 }), fc.boolean(), fc.boolean(), (said, changed, repairModel) => {
        const rounds = [said[0]!];
        const done: RepairDone[] = [];
        let next = nextRepair(rounds, done, { team: 'repairs', repairModel });
        while (next.kind === 'repair') {
          done.push({ of: next.of, by: next.by, changed: next.of === 'programs' || changed });
          rounds.push(said[done.length]!);
          next = nextRepair(rounds, done, { team: 'repairs', repairModel });
        }
        expect(done.length).toBeLessThanOrEqual(repairModel ? 4 : 3);
        const from = done.findIndex(({ of, changed: isChanged }) => of === 'tests' && isChanged) + 1;
        const counts = rounds.slice(from).map((one) => (one.kind === 'failed' ? one.passed : -1));
        expect(counts[next.best - from]).toBe(Math.max(...counts));
      }),
    );
  });
});
