import { describe, expect, it } from 'vitest';
import { changedSince } from '../../../src/orchestrator/checks/changed-since.ts';
import type { SeenFile } from '../../../src/orchestrator/checks/seen-files.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { added, runEvent, started } from '../../support/run-events.ts';
import { numbered } from '../../state/run/random-history.ts';

const written = (path: string, sha256: string, task = 'one') =>
  runEvent('r', 'artifact.written', { task, path, bytes: 1, sha256, outcome: 'updated', format: 'f', range: [0, 1] });
const undone = (path: string, sha256: string, task = 'one') => runEvent('r', 'artifact.undone', { task, path, sha256 });
const edited = (path: string, found: string) => runEvent('r', 'artifact.edited', { path, expected: 'aa', found });
/** Without files: as earlier programs recorded it. */
const checked = (files?: SeenFile[]) =>
  runEvent('r', 'check.finished', {
    command: 'true',
    outcome: 'passed',
    durationMilliseconds: 1,
    output: '',
    ...(files === undefined ? {} : { files }),
  });

/** For which files the first check of such a history does not speak at its end. */
function changed(events: NewEvent[], now?: SeenFile[]): string[] {
  let state: RunState | undefined;
  for (const event of numbered([started('r'), added('r', 'one', 1), added('r', 'two', 2), ...events])) state = applyEvent(state, event);
  const [check] = state?.checks ?? [];
  if (state === undefined || check === undefined) throw new Error('something was checked');
  return changedSince(state, check, now);
}

const a = { path: 'a.py', sha256: 'aa' };

describe('a check speaks for the files as it saw them', () => {
  it.each<[string, NewEvent[], string[]]>([
    ['nothing was written since', [written('a.py', 'aa'), checked([a])], []],
    ['a file was written anew as it was', [written('a.py', 'aa'), checked([a]), written('a.py', 'aa')], []],
    ['a file became another one', [written('a.py', 'aa'), checked([a]), written('a.py', 'bb')], ['a.py']],
    [
      'a file became another one, and then as it was',
      [written('a.py', 'aa'), checked([a]), written('a.py', 'bb'), written('a.py', 'aa')],
      [],
    ],
    ['a later step wrote another version', [written('a.py', 'aa'), checked([a]), written('a.py', 'bb', 'two')], ['a.py']],
    ['a file came', [written('a.py', 'aa'), checked([a]), written('b.py', 'bb')], ['b.py']],
    ['a file was taken back', [written('a.py', 'aa'), checked([a]), undone('a.py', 'aa')], ['a.py']],
    ['a file had been taken back before', [written('a.py', 'aa'), undone('a.py', 'aa'), checked([])], []],
    ['somebody had changed a file before', [written('a.py', 'aa'), checked([{ path: 'a.py', sha256: 'cc' }])], []],
    [
      'the run wrote over what somebody had changed',
      [written('a.py', 'aa'), checked([{ path: 'a.py', sha256: 'cc' }]), written('a.py', 'aa')],
      ['a.py'],
    ],
    ['somebody changed a file since', [written('a.py', 'aa'), checked([a]), edited('a.py', 'cc')], ['a.py']],
    ['a file was not there', [written('a.py', 'aa'), checked([{ path: 'a.py' }])], []],
  ])('where %s', (_, events, paths) => {
    expect(changed(events)).toEqual(paths);
  });

  it('also where an earlier program ran it, which did not say what it saw', () => {
    expect(changed([written('a.py', 'aa'), checked()])).toEqual([]);
    expect(changed([written('a.py', 'aa'), checked(), written('a.py', 'bb'), written('b.py', 'bb')])).toEqual(['a.py', 'b.py']);
    expect(changed([written('a.py', 'aa'), undone('a.py', 'aa'), checked()])).toEqual([]);
    expect(changed([written('a.py', 'aa'), checked(), undone('a.py', 'aa')])).toEqual(['a.py']);
  });

  it('and not for what lies there now, whatever the journal knows, for whoever has looked', () => {
    const history = [written('a.py', 'aa'), written('b.py', 'bb'), checked([a, { path: 'b.py', sha256: 'bb' }])];
    expect(changed(history, [a, { path: 'b.py', sha256: 'bb' }])).toEqual([]);
    expect(changed(history, [{ path: 'a.py', sha256: 'cc' }, { path: 'b.py' }])).toEqual(['a.py', 'b.py']);
  });
});
