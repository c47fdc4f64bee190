import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { nextRepair, type NextRepair, type RepairDone, type TestRound } from '../../../src/orchestrator/repair/next-repair.ts';

const failed = (passed: number, mark = `${passed}`): TestRound => ({ kind: 'failed', in: 'tests', passed, mark });
const unbuilt = (mark: string): TestRound => ({ kind: 'failed', in: 'build', passed: undefined, mark });
const passed: TestRound = { kind: 'passed' };
const programs: RepairDone = { of: 'programs', changed: true };
const tests: RepairDone = { of: 'tests', changed: true };
const testsAreRight: RepairDone = { of: 'tests', changed: false };

describe('what follows when tests were run', () => {
  test.each<[string, TestRound[], RepairDone[], NextRepair]>([
    ['they pass: nothing', [passed], [], { kind: 'end', why: 'passed', best: 0 }],
    ['they did not end: a hang is not repaired', [{ kind: 'no_failure' }], [], { kind: 'end', why: 'no_failure', best: 0 }],
    ['one fails: the programs are repaired', [failed(1)], [], { kind: 'repair', of: 'programs', number: 1 }],
    ['the repair helped', [failed(1), passed], [programs], { kind: 'end', why: 'passed', best: 1 }],
    ['it did not: the tests may be wrong', [failed(1), failed(2)], [programs], { kind: 'repair', of: 'tests', number: 2 }],
    ['the tests were wrong', [failed(1), failed(2), passed], [programs, tests], { kind: 'end', why: 'passed', best: 2 }],
    [
      'the tests are right, and the failure is another one: the programs once more',
      [failed(1), failed(2), failed(2)],
      [programs, testsAreRight],
      { kind: 'repair', of: 'programs', number: 3 },
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
      { kind: 'repair', of: 'programs', number: 3 },
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
      { kind: 'repair', of: 'programs', number: 2 },
    ],
    ['the same fault of a build again: no more', [unbuilt('x'), unbuilt('x')], [programs], { kind: 'end', why: 'same_failure', best: 0 }],
    [
      'what passed before the tests changed cannot be compared',
      [failed(8), failed(2), failed(3), failed(1)],
      [programs, tests, programs],
      { kind: 'end', why: 'fewer_pass', best: 2 },
    ],
  ])('%s', (_, rounds, done, expected) => {
    expect(nextRepair(rounds, done)).toEqual(expected);
  });

  it('comes to an end after three repairs at most, whatever the tests say, and keeps nothing worse than it has seen', () => {
    const round = fc.oneof(
      fc.record({
        kind: fc.constant('failed' as const),
        in: fc.constantFrom('tests' as const, 'build' as const),
        passed: fc.nat(5),
        mark: fc.constantFrom('a', 'b'),
      }),
      fc.constant<TestRound>({ kind: 'no_failure' }),
    );
    fc.assert(
      fc.property(fc.array(round, { minLength: 5, maxLength: 5 }), fc.boolean(), (said, changed) => {
        const rounds = [said[0]!];
        const done: RepairDone[] = [];
        let next = nextRepair(rounds, done);
        while (next.kind === 'repair') {
          done.push({ of: next.of, changed: next.of === 'programs' || changed });
          rounds.push(said[done.length]!);
          next = nextRepair(rounds, done);
        }
        expect(done.length).toBeLessThanOrEqual(3);
        const from = done.findIndex(({ of, changed: isChanged }) => of === 'tests' && isChanged) + 1;
        const counts = rounds.slice(from).map((one) => (one.kind === 'failed' ? (one.passed ?? 0) : -1));
        expect(counts[next.best - from]).toBe(Math.max(...counts));
      }),
    );
  });
});
