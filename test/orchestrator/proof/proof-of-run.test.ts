import { describe, expect, it } from 'vitest';
import { failureSentences } from '../../../src/orchestrator/proof/failure-sentences.ts';
import { proofOfRun } from '../../../src/orchestrator/proof/proof-of-run.ts';
import { unverified } from '../../../src/orchestrator/results/unverified.ts';
import { runResult } from '../../../src/orchestrator/results/run-result.ts';
import { applyEvent, type CheckRecord, type RunState } from '../../../src/state/run/run-state.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { added, runEvent, started } from '../../support/run-events.ts';
import { numbered } from '../../state/run/random-history.ts';

type Verification = NonNullable<CheckRecord['verification']>;

const written = (path: string, sha256: string) =>
  runEvent('r', 'artifact.written', { task: 'one', path, bytes: 1, sha256, outcome: 'updated', format: 'f', range: [0, 1] });

let last = 0;

/** A check of these files that ran by itself. */
function checked(verification: Partial<Verification>, files = { 'a.py': 'aa' }, command = 'pytest'): NewEvent[] {
  const activity = `one/${(last += 1)}`;
  const told: Verification = { recipe: 'pytest', filesHash: '', kind: 'tests', verdict: 'passed', ...verification };
  const seen = Object.entries(files).map(([path, sha256]) => ({ path, sha256 }));
  return [
    runEvent('r', 'activity.started', { activity, task: 'one', kind: 'command', command, timeoutMilliseconds: 1, filesHash: '' }),
    runEvent('r', 'activity.completed', {
      activity,
      kind: 'command',
      command,
      outcome: told.verdict === 'passed' ? 'passed' : 'failed',
      durationMilliseconds: 1,
      output: '',
      files: seen,
      verification: told,
    }),
  ];
}

const tried = (outcome: 'holds' | 'fails' | 'not_run') =>
  runEvent('r', 'examples.tried', {
    task: 'one',
    files: [{ path: 'a.py', sha256: 'aa' }],
    durationMilliseconds: 1,
    examples: [{ quote: 'x', outcome, held: outcome === 'holds' ? 1 : 0, of: 1 }],
  });

function stateAfter(...events: (NewEvent | NewEvent[])[]): RunState {
  let state: RunState | undefined;
  for (const event of numbered([started('r'), added('r', 'one', 1), written('a.py', 'aa'), ...events.flat()]))
    state = applyEvent(state, event);
  return state!;
}

const failed = { verdict: 'failed', counts: { passed: 1, failed: 1, skipped: 0 } } as const;
const passed = { verdict: 'passed', counts: { passed: 2, failed: 0, skipped: 0 } } as const;

describe('what checks and examples say of the files that lie there', () => {
  it('comes with what was seen first where something fails, and is silent where nothing does', () => {
    const state = stateAfter(tried('fails'), checked({ ...failed, why: 'test_a failed\n1 is not 2' }));
    expect(failureSentences(state, proofOfRun(state))).toEqual([
      '0 of 1 example of the requirement hold. "x": it does not hold',
      '1 of 2 tests fails (fresh). test_a failed 1 is not 2',
    ]);
    const good = stateAfter(checked(passed));
    expect(failureSentences(good, proofOfRun(good))).toEqual([]);
  });

  it.each<[string, string, (NewEvent | NewEvent[])[]]>([
    ['nothing was run', 'unchecked', []],
    ['tests pass', 'passed', [checked(passed)]],
    ['tests fail', 'failed', [checked(failed)]],
    ['tests hang', 'failed', [checked({ verdict: 'timed_out' })]],
    ['tests failed, and pass since they were mended', 'passed', [checked(failed, { 'a.py': 'bb' }), checked(passed)]],
    ['tests passed, and fail now', 'failed', [checked(passed, { 'a.py': 'bb' }), checked(failed)]],
    ['tests passed before the file changed', 'unchecked', [checked(passed), written('a.py', 'bb')]],
    ['tests failed before the file changed', 'unchecked', [checked(failed), written('a.py', 'bb')]],
    ['a file came that no check saw', 'unchecked', [checked(passed), written('b.py', 'bb')]],
    ['a document came', 'passed', [checked(passed), written('README.md', 'bb')]],
    ['what ships it came', 'passed', [checked(passed), written('Dockerfile', 'bb')]],
    ['no test was collected', 'unchecked', [checked({ verdict: 'no_tests' })]],
    ['a tool is missing', 'unchecked', [checked({ verdict: 'missing_tool', why: 'go' })]],
    [
      'types pass and a package is missing for the tests',
      'unchecked',
      [checked({ kind: 'types' }, undefined, 'tsc'), checked({ verdict: 'missing_package' })],
    ],
    ['types fail and tests pass', 'failed', [checked({ kind: 'types', verdict: 'failed' }, undefined, 'tsc'), checked(passed)]],
    ['an example fails and tests pass', 'failed', [tried('fails'), checked(passed)]],
    ['an example holds', 'passed', [tried('holds')]],
    ['an example was not run and tests pass', 'unchecked', [tried('not_run'), checked(passed)]],
    ['an example failed before the file changed', 'unchecked', [tried('fails'), written('a.py', 'bb')]],
  ])('%s: %s', (_, outcome, events) => {
    const state = stateAfter(...events);
    expect(proofOfRun(state).outcome).toBe(outcome);
    expect(runResult(state).verification.outcome).toBe(outcome);
    const error = { passed: undefined, failed: 'verify.failed', unchecked: 'verify.unchecked' }[outcome];
    expect(unverified(state)?.code).toBe(error);
  });

  it('looks at the disk where somebody has looked', () => {
    const state = stateAfter(checked(passed));
    expect(proofOfRun(state, [{ path: 'a.py', sha256: 'changed by hand' }]).outcome).toBe('unchecked');
    expect(proofOfRun(state, [{ path: 'a.py', sha256: 'aa' }]).outcome).toBe('passed');
  });

  it('tells each check once, by its newest result', () => {
    const state = stateAfter(checked(failed, { 'a.py': 'bb' }), checked(passed), checked({ kind: 'build' }, undefined, 'make'));
    expect(proofOfRun(state).sentences).toEqual(['2 of 2 tests ran and passed (fresh).', 'The build passes (fresh).']);
    expect(runResult(state).checks).toMatchObject([
      { step: 'one', round: 0, kind: 'tests', passed: 1, failed: 1, skipped: 0, fresh: false, stale: true },
      { step: 'one', round: 0, kind: 'tests', passed: 2, failed: 0, skipped: 0, fresh: true, stale: false },
      { step: 'one', round: 0, kind: 'build', passed: null, failed: null, skipped: null, fresh: true, stale: false },
    ]);
  });

  it('counts the tests of several commands together', () => {
    const script = { recipe: 'python scripts', counts: { passed: 1, failed: 0, skipped: 1 } };
    const state = stateAfter(checked(failed), checked(script, undefined, 'python3 a'), checked(script, undefined, 'python3 b'));
    expect(proofOfRun(state)).toMatchObject({ outcome: 'failed', sentences: ['1 of 4 tests fails, 2 were skipped (fresh).'] });
  });

  it('has the same kind of check with another command in the place of the older one', () => {
    const state = stateAfter(checked(failed, { 'a.py': 'bb' }, 'pytest a'), checked(passed, { 'a.py': 'aa' }, 'pytest a b'));
    expect(proofOfRun(state).sentences).toEqual(['2 of 2 tests ran and passed (fresh).']);
  });
});
