import { describe, expect, it } from 'vitest';
import type { EventData } from '../../../src/events/run-stream-events.ts';
import { RunJournal } from '../../../src/orchestrator/journal/run-journal.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { systemClock } from '../../../src/utils/clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';

const asked: EventData<'task.asked'> = {
  task: 'a',
  round: 1,
  wants: 'answer',
  ask: 'Which?',
  answer: 'text',
  shown: [],
  diff: '',
  leftOut: 0,
  against: 'project',
};

/** Two writers of one run that know the same of it. */
async function twoWriters(besides?: 'anybody') {
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [
    started('r'),
    added('r', 'a'),
    added('r', 'b', 2),
    runEvent('r', 'task.asked', asked),
    runEvent('r', 'task.waiting', { task: 'a', reason: 'answer' }),
  ]);
  const told: string[] = [];
  const owner = new RunJournal({
    store,
    run: 'r',
    clock: systemClock,
    state: await foldRun(store.read('run:r')),
    onEvent: ({ type }) => told.push(type),
    besides,
  });
  const other = new RunJournal({ store, run: 'r', clock: systemClock, state: await foldRun(store.read('run:r')), besides: 'anybody' });
  return { store, owner, other, told };
}

const decided: EventData<'task.decided'> = { task: 'a', decision: 'answered', answer: 'blue', by: 'Ann', asked: 4, shown: [] };

describe('what somebody else has recorded meanwhile', () => {
  it('a decision: it is taken over, in its order, and what was to be recorded follows', async () => {
    const { store, owner, other, told } = await twoWriters();
    await other.append('person', [{ type: 'task.decided', data: decided }]);
    await owner.append('scheduler', [{ type: 'task.started', data: { task: 'b', attempt: 1, agent: 'dev_001' } }]);
    expect(owner.state.tasks.get('a')).toMatchObject({ status: 'pending', woken: { by: 'decision' } });
    expect(told).toEqual(['task.decided', 'task.started']);
    expect(owner.state.lastSequence).toBe((await foldRun(store.read('run:r'))).lastSequence);
  });

  it('a decision: what depends on the state is asked again', async () => {
    const { owner, other } = await twoWriters();
    await other.append('person', [{ type: 'task.decided', data: decided }]);
    const seen: (string | undefined)[] = [];
    await owner.append('scheduler', () => {
      seen.push(owner.state.tasks.get('a')?.status);
      return seen.at(-1) === 'waiting' ? [{ type: 'task.woken', data: { task: 'a', by: 'time' } }] : [];
    });
    expect(seen).toEqual(['waiting', 'pending']);
  });

  it('is told without anything to record, once', async () => {
    const { owner, other, told } = await twoWriters();
    await other.append('person', [{ type: 'task.decided', data: decided }]);
    await owner.catchUp();
    await owner.catchUp();
    expect(told).toEqual(['task.decided']);
  });

  it('anything else, in a run that is our own: nothing is written', async () => {
    const { store, owner, other } = await twoWriters();
    await other.append('other', [{ type: 'task.started', data: { task: 'b', attempt: 1, agent: 'dev_001' } }]);
    const append = owner.append('scheduler', [{ type: 'task.cancelled', data: { task: 'b' } }]);
    await expect(append).rejects.toMatchObject({ code: 'journal.conflict' });
    expect((await foldRun(store.read('run:r'))).lastSequence).toBe(6);
  });

  it('anything, in a run of somebody else: a decision is recorded behind it, and their events are not told again', async () => {
    const { owner: decider, other: owner, told } = await twoWriters('anybody');
    await owner.append('scheduler', [{ type: 'task.started', data: { task: 'b', attempt: 1, agent: 'dev_001' } }]);
    await decider.append('person', [{ type: 'task.decided', data: decided }]);
    expect(decider.state.tasks.get('b')?.status).toBe('running');
    expect(told).toEqual(['task.decided']);
  });
});
