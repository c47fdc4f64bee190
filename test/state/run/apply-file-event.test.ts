import { describe, expect, it } from 'vitest';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { numbered } from './random-history.ts';
import { newEvent, runStarted, taskAdded } from '../store/sample-events.ts';

const written = (task: string, sha256: string) =>
  newEvent('artifact.written', { task, path: 'a.py', bytes: 1, sha256, outcome: 'created', format: 'fence', range: [0, 1] });

function fold(...events: Parameters<typeof numbered>[0]): RunState {
  let state: RunState | undefined;
  for (const event of numbered([runStarted(), taskAdded('one', 1, []), taskAdded('two', 2, []), ...events]))
    state = applyEvent(state, event);
  return state!;
}

describe('what is said of a file that was written', () => {
  const check = { language: 'python', findings: [{ line: 1, column: 2, message: 'broken' }], found: 1 };

  it('stands with the version that was checked', () => {
    const { artifacts } = fold(
      written('one', 'aa'),
      written('one', 'bb'),
      newEvent('artifact.checked', { task: 'one', path: 'a.py', sha256: 'aa', ...check }),
    );
    expect(artifacts.map((artifact) => artifact.check)).toEqual([check, undefined]);
  });

  it('undoes every version of the task, and none of others or of later', () => {
    const { artifacts } = fold(
      written('one', 'aa'),
      written('two', 'bb'),
      written('two', 'cc'),
      newEvent('artifact.undone', { task: 'two', path: 'a.py', sha256: 'cc', restored: { task: 'one', sha256: 'aa' } }),
      written('two', 'dd'),
    );
    expect(artifacts.map(({ undone }) => undone === undefined)).toEqual([true, false, false, true]);
  });

  it.each([
    newEvent('artifact.checked', { task: 'one', path: 'a.py', sha256: 'zz', ...check }),
    newEvent('artifact.undone', { task: 'two', path: 'a.py', sha256: 'aa' }),
  ])('cannot be said of a version that was never written: $type', (event) => {
    expect(() => fold(written('one', 'aa'), event)).toThrow(/has not written this version/);
  });

  it('keeps what a command of the user said, in order', () => {
    const finished = { command: 'true', outcome: 'passed' as const, exitCode: 0, durationMilliseconds: 1, output: '' };
    const { checks } = fold(newEvent('check.started', { command: 'true', timeoutMilliseconds: 1 }), newEvent('check.finished', finished));
    expect(checks).toMatchObject([finished]);
  });
});
