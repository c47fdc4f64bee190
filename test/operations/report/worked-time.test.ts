import { expect, it } from 'vitest';
import { WorkedTime } from '../../../src/operations/report/worked-time.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { numbered } from '../../state/run/random-history.ts';
import { runEvent, started } from '../../support/run-events.ts';

const begin = 1_700_000_000_000;
const at = (seconds: number) => begin + seconds * 1_000;

function worked(events: NewEvent[]): WorkedTime {
  const time = new WorkedTime();
  for (const event of numbered([started('r', 'x', begin), ...events])) time.see(event);
  return time;
}

const begun = (seconds: number) => runEvent('r', 'task.started', { task: 'a', attempt: 1, agent: 'x' }, at(seconds));
const done = (seconds: number) => runEvent('r', 'task.completed', { task: 'a' }, at(seconds));
const resumed = (seconds: number) =>
  runEvent('r', 'run.resumed', { how: 'resume', owner: { host: 'h', pid: 1 }, overrides: {} }, at(seconds));

it('tells when a step worked, and what it waited for', () => {
  const time = worked([
    begun(1),
    runEvent('r', 'task.waiting', { task: 'a', reason: 'signal', signal: 'looked' }, at(3)),
    runEvent('r', 'task.woken', { task: 'a', by: 'signal' }, at(7)),
    begun(7),
    runEvent('r', 'task.waiting', { task: 'a', reason: 'retry', error: { code: 'c', message: 'The server is busy.' } }, at(8)),
    begun(9),
    done(10),
  ]);
  expect(time.finish().get('a')).toEqual([
    { kind: 'work', from: 1, to: 3, why: '' },
    { kind: 'wait', from: 3, to: 7, why: 'the signal looked' },
    { kind: 'work', from: 7, to: 8, why: '' },
    { kind: 'wait', from: 8, to: 9, why: 'The server is busy.' },
    { kind: 'work', from: 9, to: 10, why: '' },
  ]);
  expect(time.now).toBe(10);
});

it('counts no time in which the run stood still, whether that was recorded or its process died', () => {
  const stopped = worked([begun(1), runEvent('r', 'run.interrupted', { reason: 'x' }, at(2)), resumed(100), begun(101), done(103)]);
  expect(stopped.finish().get('a')).toEqual([
    { kind: 'work', from: 1, to: 2, why: '' },
    { kind: 'work', from: 3, to: 5, why: '' },
  ]);
  expect(stopped.pauses).toEqual([{ at: 2, seconds: 98 }]);
  expect(stopped.now).toBe(5);
  const died = worked([begun(1), runEvent('r', 'run.budgeted', { replyCaps: {} }, at(2)), resumed(100), begun(100), done(103)]);
  expect(died.pauses).toEqual([{ at: 2, seconds: 98 }]);
  expect(died.now).toBe(5);
});

it('tells of a step that goes on up to the latest event', () => {
  const time = worked([begun(1), runEvent('r', 'run.budgeted', { replyCaps: {} }, at(4))]);
  expect(time.finish().get('a')).toEqual([{ kind: 'work', from: 1, to: 4, why: '' }]);
});
