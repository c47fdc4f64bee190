import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { liveView } from '../../../../src/cli/views/live/live-view.ts';
import { lookFor } from '../../../../src/cli/views/look.ts';
import { added, liveEvent, started, written } from '../live-events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin() {
  const painted: string[] = [];
  const view = liveView({
    terminal: { write: (text) => void painted.push(text), columns: () => 80, rows: () => 24 },
    look: lookFor({ NO_COLOR: '1' }, 'linux'),
  });
  return { view, painted, last: () => painted.at(-1) ?? '' };
}

test('nothing is written before it begins and after it has ended', () => {
  const { view, painted } = begin();
  view.say?.('early');
  vi.advanceTimersByTime(1000);
  expect(painted).toEqual([]);
  view.begin?.();
  view.event(started);
  view.end?.();
  const count = painted.length;
  view.end?.();
  view.say?.('late');
  vi.advanceTimersByTime(1000);
  expect(painted).toHaveLength(count);
  expect(vi.getTimerCount()).toBe(0);
});

test('events are shown at the next tick, and time goes on without them', () => {
  const { view, last } = begin();
  view.begin?.();
  for (const event of [started, added('a', 1, 'developer'), liveEvent('task.started', Date.now(), { task: 'a', attempt: 1, agent: 'x' })])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last()).toContain('waiting for the model');
  vi.advanceTimersByTime(5000);
  expect(last()).toContain('5.1 s');
});

test('what is said stands in the picture', () => {
  const { view, last } = begin();
  view.begin?.();
  view.say?.('Stopping; what has arrived is kept.\n');
  expect(last()).toContain('Stopping; what has arrived is kept.');
});

test('what its beginning waits for stands there until the run begins, one thing at a time', () => {
  const { view, last } = begin();
  view.begin?.();
  view.waitFor?.('The server is still loading, after 10 s.\n');
  expect(last()).toContain('after 10 s');
  view.waitFor?.('The server is still loading, after 20 s.\n');
  expect(last()).toContain('after 20 s');
  expect(last()).not.toContain('after 10 s');
  view.event(started);
  vi.advanceTimersByTime(100);
  expect(last()).not.toContain('by now');
});

test('where no run began, nothing of it stays', () => {
  const { view, last } = begin();
  view.begin?.();
  view.end?.();
  expect(last()).not.toContain('Getting');
});

test.each([
  ['interrupted', true],
  ['retry', false],
] as const)('a task that is begun again because of "%s" shows what it did before: %s', (reason, shown) => {
  const { view, last } = begin();
  view.begin?.();
  for (const event of [started, added('a', 1, 'developer'), written('a', 'old.py'), liveEvent('task.reopened', 1, { task: 'a', reason })])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last().includes('old.py')).toBe(shown);
});

test('a task that another run has done is no work of this one, until it is begun again', () => {
  const { view, last } = begin();
  view.begin?.();
  const builds = { ...started, data: { ...started.data, inherits: { run: 'earlier', how: 'refine', tasks: ['a'] } } } as typeof started;
  for (const event of [
    builds,
    added('a', 1, 'developer'),
    liveEvent('task.started', 1, { task: 'a', attempt: 1, agent: 'x' }),
    written('a', 'old.py'),
    liveEvent('task.completed', 1, { task: 'a' }),
  ])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last()).toContain('Builds on earlier');
  expect(last()).toMatch(/a\s+Developer\s+taken over\s+1 file/);
  expect(last()).not.toContain('old.py');
  view.event(liveEvent('task.reopened', 2, { task: 'a', reason: 'retry' }));
  view.event(liveEvent('task.started', Date.now(), { task: 'a', attempt: 1, agent: 'x' }));
  vi.advanceTimersByTime(100);
  expect(last()).not.toContain('taken over');
});

test('what the last call failed with is told once where the task fails with it', () => {
  const { view, last } = begin();
  view.begin?.();
  const error = { code: 'model.gone', message: 'The server went away.' };
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('call.ended', 2, { activity: 'a/1', call: 1, finishReason: 'error', error }),
    liveEvent('task.failed', 3, { task: 'a', error }),
  ])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last().match(/The server went away/g)).toHaveLength(1);
});

test('what a team elsewhere is at stands with its task, and its words can do nothing to the terminal', () => {
  const { view, last } = begin();
  view.begin?.();
  const progress = { activity: 'a/1', stage: 'BUILD', agent: 'Mantis #2', message: 'wri\u001b[2Jting', step: { now: 3, of: 9 } };
  for (const event of [
    started,
    added('a', 1, 'developer'),
    liveEvent('task.started', Date.now(), { task: 'a', attempt: 1, agent: 'x' }),
    liveEvent('remote.progress', Date.now(), progress),
  ])
    view.event(event);
  vi.advanceTimersByTime(100);
  expect(last()).toContain('[BUILD] Mantis #2: writing (3 of 9)');
});
