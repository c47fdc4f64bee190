import { expect, test } from 'vitest';
import { performActivity } from '../../../src/orchestrator/activities/perform-activity.ts';
import type { Report } from '../../../src/orchestrator/journal/run-journal.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { numbered } from '../../state/run/random-history.ts';
import { newEvent, runStarted, taskAdded } from '../../state/store/sample-events.ts';

const started = { command: 'make', timeoutMilliseconds: 1000 };
const result = { command: 'make', outcome: 'passed' as const, durationMilliseconds: 1, output: 'ok' };

/** A task whose activities are recorded as in a run, and how often its command ran. */
function taskOfRun() {
  const events = [runStarted(), taskAdded('a', 1)];
  const stateNow = () => numbered(events).reduce<RunState | undefined>(applyEvent, undefined)!;
  let ran = 0;
  const record = async (reports: Report[]) => {
    for (const { type, data } of reports) events.push(newEvent(type as never, data as never));
  };
  const perform = (of: typeof started, work = async () => result) =>
    performActivity({
      task: stateNow().tasks.get('a')!,
      record,
      kind: 'command',
      started: of,
      work: () => {
        ran += 1;
        return work();
      },
    });
  return { perform, record, stateNow, ran: () => ran };
}

test('what is completed in the journal is answered from there and not done again', async () => {
  const { perform, ran, stateNow } = taskOfRun();
  expect(await perform(started)).toEqual(result);
  expect(await perform(started)).toMatchObject(result);
  expect(ran()).toBe(1);
  expect([...stateNow().activities.keys()]).toEqual(['a/1']);
});

test('one that was cut off is done again under its id', async () => {
  const { perform, ran, stateNow } = taskOfRun();
  await expect(perform(started, () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
  expect(stateNow().activities.get('a/1')?.status).toBe('started');
  expect(await perform(started)).toEqual(result);
  expect(ran()).toBe(2);
  expect([...stateNow().activities.keys()]).toEqual(['a/1']);
});

test('another one, and one that is asked for once more, are done', async () => {
  const { perform, record, ran, stateNow } = taskOfRun();
  await perform(started);
  await perform({ ...started, command: 'make check' });
  await record([{ type: 'task.reopened', data: { task: 'a', reason: 'retry' } }]);
  await perform(started);
  expect(ran()).toBe(3);
  expect([...stateNow().activities.keys()]).toEqual(['a/1', 'a/2', 'a/3']);
});
