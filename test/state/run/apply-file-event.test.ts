import { describe, expect, it } from 'vitest';
import type { EventData } from '../../../src/events/run-stream-events.ts';
import { applyEvent } from '../../../src/state/run/run-state.ts';
import { after } from './folded.ts';
import { numbered } from './random-history.ts';
import { newEvent, taskAdded } from '../store/sample-events.ts';

const written = (task: string, sha256: string) =>
  newEvent('artifact.written', { task, path: 'a.py', bytes: 1, sha256, outcome: 'created', format: 'fence', range: [0, 1] });

const fold = (...events: Parameters<typeof after>) => after(taskAdded('one', 1), taskAdded('two', 2), ...events);

describe('what is said of a file that was written', () => {
  const check = { language: 'python', findings: [{ line: 1, column: 2, message: 'broken' }], found: 1 };

  it('stands with the version that was checked', () => {
    const { artifacts } = fold(
      written('one', 'aa'),
      written('one', 'bb'),
      newEvent('artifact.checked', { task: 'one', path: 'a.py', sha256: 'aa', ...check }),
    );
    expect(artifacts.map((artifact) => artifact.check)).toEqual([check, undefined]);
    for (const artifact of artifacts) expect(artifact, 'a check takes nothing back').not.toHaveProperty('undone');
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

  it('is said of the latest of several equal versions, and of the file of that name alone', () => {
    const other = newEvent('artifact.written', { ...(written('one', 'aa').data as EventData<'artifact.written'>), path: 'b.py' });
    const checked = newEvent('artifact.checked', { task: 'one', path: 'a.py', sha256: 'aa', ...check });
    const { artifacts } = fold(written('one', 'aa'), written('one', 'bb'), written('one', 'aa'), other, checked);
    expect(artifacts.map((artifact) => artifact.check !== undefined)).toEqual([false, false, true, false]);
  });

  it('tells when it was undone, and by which event; what was undone before stays as it was', () => {
    const undone = (time: number, sha256: string) => newEvent('artifact.undone', { task: 'one', path: 'a.py', sha256 }, time);
    const { artifacts } = fold(written('one', 'aa'), undone(5, 'aa'), written('one', 'bb'), undone(7, 'bb'));
    expect(artifacts.map((artifact) => artifact.undone)).toEqual([
      { time: 5, sequence: 5 },
      { time: 7, sequence: 7 },
    ]);
  });
});

describe('what is said of a file that was removed', () => {
  const removed = (task: string, path: string, sha256: string) =>
    newEvent('artifact.removed', { task, path, sha256, format: 'fence', range: [0, 1] });
  const undone = newEvent('artifact.undone', { task: 'two', path: 'a.py', sha256: 'aa', restored: { task: 'one', sha256: 'aa' } }, 5);

  it('takes back every removal of the file by the task, and no other', () => {
    const state = fold(
      written('one', 'aa'),
      removed('two', 'a.py', 'aa'),
      removed('two', 'b.py', 'aa'),
      removed('one', 'a.py', 'aa'),
      undone,
      removed('two', 'a.py', 'cc'),
    );
    expect(state.removals.map((removal) => removal.undone)).toEqual([{ time: 5, sequence: 8 }, undefined, undefined, undefined]);
    expect(state.artifacts[0]).not.toHaveProperty('undone');
    const again = fold(removed('two', 'a.py', 'aa'), undone, removed('two', 'a.py', 'aa'), { ...undone, time: 7 });
    expect(again.removals.map((removal) => removal.undone?.time)).toEqual([5, 7]);
  });

  it('is refused where another file, another version or another task was meant', () => {
    for (const other of [removed('two', 'b.py', 'aa'), removed('two', 'a.py', 'bb'), removed('one', 'a.py', 'aa')])
      expect(() => fold(other, undone)).toThrow(/two has not written this version of "a.py"/);
  });

  it('is never the check of a version, which must be there', () => {
    const checked = newEvent('artifact.checked', { task: 'two', path: 'a.py', sha256: 'aa', language: 'python', findings: [], found: 0 });
    expect(() => fold(removed('two', 'a.py', 'aa'), checked)).toThrow(/has not written this version/);
  });

  it('leaves no list as it was, so that what was derived from them is derived anew', () => {
    const state = fold(removed('two', 'a.py', 'aa'));
    const { artifacts, removals } = state;
    const [event] = numbered([undone]);
    applyEvent(state, { ...event!, sequence: state.lastSequence + 1 });
    expect(state.artifacts).not.toBe(artifacts);
    expect(state.removals).not.toBe(removals);
    expect(state.removals).toHaveLength(1);
  });
});
