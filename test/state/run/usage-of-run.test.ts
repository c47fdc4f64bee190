import { describe, expect, test } from 'vitest';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { timeWorked } from '../../../src/state/run/usage-of-run.ts';
import type { EventData, EventType } from '../../../src/events/run-stream-events.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { newEvent, runStarted, taskAdded } from '../store/sample-events.ts';
import { numbered } from './random-history.ts';

const at = <Type extends EventType>(time: number, type: Type, data: EventData<Type>) => newEvent(type, data, time);
const started = (time: number, task = 'a') => at(time, 'task.started', { task, attempt: 1, agent: 'dev_001' });
const resumed = (time: number) => at(time, 'run.resumed', { how: 'resume', owner: { host: 'h', pid: 1 }, overrides: {} });
const reopened = (time: number, reason: 'interrupted' | 'retry') => at(time, 'task.reopened', { task: 'a', reason });
const completed = (time: number) => at(time, 'task.completed', { task: 'a' });
const finished = (time: number) => at(time, 'run.finished', { status: 'completed', durationMilliseconds: 1 });
const checked = (time: number) => at(time, 'check.finished', { command: 'true', outcome: 'passed', durationMilliseconds: 1, output: '' });

function worked(events: readonly NewEvent[]): { run: number; task: number } {
  let state: RunState | undefined;
  for (const event of numbered([{ ...runStarted(), time: 1000 }, { ...taskAdded('a', 1), time: 1000 }, ...events]))
    state = applyEvent(state, event);
  const task = state?.tasks.get('a');
  if (state === undefined || task === undefined) throw new Error('the run has a task');
  return { run: timeWorked(state, state.finishedAt ?? 0), task: timeWorked(task, task.completedAt ?? 0) };
}

const interrupted = (time: number) => at(time, 'run.interrupted', { reason: 'signal' });

describe('the time that was worked', () => {
  test.each([
    ['counts without a pause from start to end', [started(1100), completed(1400), finished(1500)], { run: 500, task: 300 }],
    [
      'leaves out a night after Ctrl-C',
      [
        started(1100),
        interrupted(1200),
        resumed(90_000),
        reopened(90_000, 'interrupted'),
        started(90_001),
        completed(90_201),
        finished(90_300),
      ],
      { run: 500, task: 301 },
    ],
    [
      'leaves out a night after a crash, which begins with the last event',
      [started(1100), resumed(90_000), reopened(90_000, 'interrupted'), started(90_000), completed(90_200), finished(90_300)],
      { run: 400, task: 200 },
    ],
    [
      'begins anew for a task that is done again on demand',
      [
        started(1100),
        completed(1400),
        finished(1500),
        resumed(90_000),
        reopened(90_000, 'retry'),
        started(90_000),
        completed(90_050),
        finished(90_100),
      ],
      { run: 600, task: 50 },
    ],
    [
      'is not prolonged by a check of a run that has stopped',
      [started(1100), completed(1400), finished(1500), checked(70_000), resumed(90_000), finished(90_100)],
      { run: 600, task: 300 },
    ],
    ['is not negative where the clock was set back', [started(900), completed(800), finished(700)], { run: 0, task: 0 }],
  ])('%s', (_, events, expected) => expect(worked(events)).toEqual(expected));
});
