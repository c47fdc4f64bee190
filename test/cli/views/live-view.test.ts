import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { liveView } from '../../../src/cli/views/live-view.ts';
import { lookFor } from '../../../src/cli/views/look.ts';
import { added, liveEvent, started } from './live-events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin() {
  const written: string[] = [];
  const view = liveView({
    terminal: { write: (text) => void written.push(text), columns: () => 80, rows: () => 24 },
    look: lookFor({ NO_COLOR: '1' }, 'linux'),
  });
  return { view, written, last: () => written.at(-1) ?? '' };
}

test('nothing is written before it begins and after it has ended', () => {
  const { view, written } = begin();
  view.say?.('early');
  vi.advanceTimersByTime(1000);
  expect(written).toEqual([]);
  view.begin?.();
  view.event(started);
  view.end?.();
  const count = written.length;
  view.end?.();
  view.say?.('late');
  vi.advanceTimersByTime(1000);
  expect(written).toHaveLength(count);
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
  view.waitFor?.('The server is still loading, 10 s by now.\n');
  expect(last()).toContain('10 s by now');
  view.waitFor?.('The server is still loading, 20 s by now.\n');
  expect(last()).toContain('20 s by now');
  expect(last()).not.toContain('10 s by now');
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
