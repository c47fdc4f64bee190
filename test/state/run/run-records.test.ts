import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import type { RunState } from '../../../src/state/run/run-state.ts';
import { activityStarted, newEvent, note, taskAdded } from '../store/sample-events.ts';
import { after } from './folded.ts';

const range: [number, number] = [0, 1];
const earlier = { task: 'a', sha256: '22' };
const tried = { files: [], durationMilliseconds: 1, examples: [] };
const ran = { outcome: 'passed' as const, exitCode: 0, durationMilliseconds: 1, output: '' };

const question = { round: 1, wants: 'answer' as const, ask: 'Which?', shown: [], diff: '', leftOut: 0, against: 'project' as const };

/** What a state keeps of some events, by the list that it is kept in. */
const kept: [keyof RunState, (task: string, name: string) => NewEvent][] = [
  [
    'artifacts',
    (task, path) => newEvent('artifact.written', { task, path, bytes: 1, sha256: '11', outcome: 'created', format: 'fence', range }),
  ],
  ['removals', (task, path) => newEvent('artifact.removed', { task, path, sha256: '11', format: 'fence', range })],
  ['mends', (task, path) => newEvent('artifact.mended', { task, path, changes: ['a bracket'] })],
  ['examples', (task, activity) => newEvent('examples.tried', { ...tried, task, activity })],
  ['refusals', (task, name) => newEvent('artifact.refused', { task, name, reason: 'outside', sha256: '11', range })],
  ['collisions', (task, path) => newEvent('artifact.collided', { task, path, sha256: '11', earlier })],
  ['edits', (_, path) => newEvent('artifact.edited', { path, expected: '11', found: '22' })],
  ['checks', (_, command) => newEvent('check.finished', { ...ran, command })],
  ['messages', (_, text) => note(text)],
  ['fallbacks', (task, to) => newEvent('model.fell_back', { task, from: 'default', to, why: 'lost', at: 'call' })],
];

describe('what a state keeps', () => {
  it.each(kept)('of %s is what the events say, with their time and place, in their order', (list, event) => {
    const events = [
      { ...event('a', 'first'), time: 5 },
      { ...event('a', 'second'), time: 6 },
    ];
    expect(after()[list]).toEqual([]);
    expect(after(taskAdded('a', 1), ...events)[list]).toEqual(
      events.map(({ data, time }, place) => ({ ...data, time, sequence: place + 3 })),
    );
  });

  it.each(kept.filter(([list]) => !['edits', 'checks', 'messages', 'fallbacks'].includes(list)))(
    'of %s belongs to a task that is there',
    (_, event) => {
      expect(() => after(event('b', 'x'))).toThrow(/there is no task "b"/);
    },
  );
});

describe('whether a task has changed files', () => {
  const written = (outcome: 'created' | 'updated' | 'unchanged') =>
    newEvent('artifact.written', { task: 'a', path: 'a.py', bytes: 1, sha256: '11', outcome, format: 'fence', range });
  const removed = newEvent('artifact.removed', { task: 'a', path: 'a.py', sha256: '11', format: 'fence', range });

  test.each<[string, NewEvent[], boolean]>([
    ['it has where it made one', [written('created')], true],
    ['it has where it changed one and wrote another as it was', [written('updated'), written('unchanged')], true],
    ['it has where it removed one', [removed], true],
    ['it has not where all that it wrote was there already', [written('unchanged')], false],
  ])('%s', (_, events, changed) => {
    expect(after(taskAdded('a', 1), ...events).tasks.get('a')?.changedFiles).toBe(changed);
  });
});

describe('each event changes what it tells, and nothing else', () => {
  const begun = [taskAdded('a', 1), newEvent('task.started', { task: 'a', attempt: 1, agent: 'dev_001' }), activityStarted('a/1', 'a')];
  const written = newEvent('artifact.written', {
    task: 'a',
    path: 'x',
    bytes: 1,
    sha256: '11',
    outcome: 'unchanged',
    format: 'fence',
    range,
  });
  const checked = newEvent('artifact.checked', { task: 'a', path: 'x', sha256: '11', language: 'python', findings: [], found: 0 });
  const unknown = { ...note('x'), type: 'event.unknown', data: { type: 'house:note', data: {} } } as unknown as NewEvent;

  it.each<{ event: NewEvent; changed: (keyof RunState)[] }>([
    { event: newEvent('run.budgeted', { replyCaps: { a: 1 } }), changed: ['replyCaps'] },
    {
      event: newEvent('prompt_cache.prepared', { purpose: 'ahead', tasks: [], copies: 'none', usage: { readTokens: 1 } }),
      changed: ['prepared'],
    },
    { event: newEvent('transcript.cut', { epoch: 1, reason: 'full', cuts: [] }), changed: ['epoch'] },
    { event: newEvent('run.interrupted', { reason: 'stopped' }), changed: ['status'] },
    { event: newEvent('run.waiting', { signals: [] }), changed: ['status', 'waiting'] },
    { event: newEvent('run.finished', { status: 'completed', durationMilliseconds: 1 }), changed: ['finishedAt', 'status'] },
    { event: newEvent('run.resumed', { how: 'resume', owner: { host: 'h', pid: 1 }, overrides: {} }), changed: [] },
    { event: taskAdded('b', 2, ['a']), changed: ['dependents', 'lastNumber', 'tasks'] },
    { event: newEvent('task.started', { task: 'a', attempt: 2, agent: 'dev_001' }), changed: ['tasks'] },
    { event: newEvent('task.waiting', { task: 'a', reason: 'wait' }), changed: ['tasks'] },
    { event: newEvent('task.completed', { task: 'a' }), changed: ['tasks'] },
    { event: newEvent('task.asked', { task: 'a', ...question }), changed: ['tasks'] },
    { event: newEvent('task.woken', { task: 'a', by: 'time' }), changed: ['tasks'] },
    { event: newEvent('task.reopened', { task: 'a', reason: 'retry' }), changed: ['tasks'] },
    { event: newEvent('run.pinned', { facts: ['a'] }), changed: ['pins'] },
    { event: newEvent('task.taken_back', { task: 'a' }), changed: ['tasks'] },
    { event: newEvent('task.calls_in_text', { task: 'a', why: 'its server takes no tools' }), changed: ['tasks'] },
    { event: newEvent('reply.judged', { activity: 'a/1', path: 'x', problems: [] }), changed: ['activities', 'tasks'] },
    { event: newEvent('remote.accepted', { activity: 'a/1', remoteTask: 't1' }), changed: ['activities', 'tasks'] },
    { event: newEvent('remote.progress', { activity: 'a/1', stage: 'PLAN', message: 'x' }), changed: [] },
    { event: written, changed: ['artifacts'] },
    { event: checked, changed: ['artifacts'] },
    { event: newEvent('artifact.removed', { task: 'a', path: 'x', sha256: '11', format: 'fence', range }), changed: ['removals', 'tasks'] },
    { event: newEvent('artifact.mended', { task: 'a', path: 'x', changes: [] }), changed: ['mends'] },
    { event: newEvent('artifact.restored', { path: 'x', sha256: '11' }), changed: [] },
    { event: newEvent('artifact.edited', { path: 'x', expected: '11', found: '22' }), changed: ['edits'] },
    { event: newEvent('artifact.refused', { task: 'a', name: 'x', reason: 'outside', sha256: '11', range }), changed: ['refusals'] },
    { event: newEvent('artifact.collided', { task: 'a', path: 'x', sha256: '11', earlier }), changed: ['collisions'] },
    { event: newEvent('examples.tried', { ...tried, task: 'a' }), changed: ['examples'] },
    { event: newEvent('check.started', { command: 'true', timeoutMilliseconds: 1 }), changed: [] },
    { event: newEvent('check.finished', { ...ran, command: 'true' }), changed: ['checks'] },
    { event: note('x'), changed: ['messages'] },
    { event: newEvent('model.fell_back', { from: 'default', to: 'work', why: 'lost', at: 'connect' }), changed: ['fallbacks'] },
    { event: newEvent('limit.waited', { task: 'a', provider: 'work', milliseconds: 1 }), changed: [] },
    { event: newEvent('model.routed', { routes: [], gone: [], leftOut: [] }), changed: ['routed'] },
    { event: newEvent('model.returned', { task: 'a', model: 'default' }), changed: [] },
    { event: unknown, changed: ['unknownEvents'] },
  ])('$event.type', ({ event, changed }) => {
    const earlierEvents = event === checked ? [...begun, written] : begun;
    const before = after(...earlierEvents);
    const state = after(...earlierEvents, event);
    const keys = [...new Set([...Object.keys(before), ...Object.keys(state)])] as (keyof RunState)[];
    expect(keys.filter((key) => key !== 'lastSequence' && !isDeepStrictEqual(before[key], state[key])).toSorted()).toEqual(changed);
  });
});

test('what was read ahead is summed, and copies that were once kept are known', () => {
  const prepared = (copies: 'kept' | 'none', readTokens: number) =>
    newEvent('prompt_cache.prepared', { purpose: 'ahead', tasks: ['a'], copies, usage: { readTokens } });
  expect(after().prepared).toEqual({ usage: {}, copies: 'none' });
  expect(after(prepared('none', 3)).prepared).toEqual({ usage: { readTokens: 3 }, copies: 'none' });
  expect(after(prepared('kept', 3), prepared('none', 4)).prepared).toEqual({ usage: { readTokens: 7 }, copies: 'kept' });
});

test('a context that is not told again is the one that was told', () => {
  const budgeted = (replyCaps: Record<string, number>, contextTokens?: number) => newEvent('run.budgeted', { replyCaps, contextTokens });
  expect(after(budgeted({ a: 1 }, 8192), budgeted({ a: 2 }))).toMatchObject({ contextTokens: 8192, replyCaps: { a: 2 } });
});
