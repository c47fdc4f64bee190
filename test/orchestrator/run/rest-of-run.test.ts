import { describe, expect, it } from 'vitest';
import { restOfRun, restsForBudget, stillRests } from '../../../src/orchestrator/run/rest-of-run.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { sendWake } from '../../../src/orchestrator/scheduling/waiting-signals.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';

const now = 1_000_000;
const hour = 3_600_000;

async function stateOf(events: NewEvent[], store = new MemoryEventStore()) {
  await writeRun(store, 'r', [started('r'), ...events]);
  return foldRun(store.read('run:r'));
}

const waits = (task: string, told: object = { reason: 'signal', signal: 'go' }) =>
  runEvent('r', 'task.waiting', { task, ...told } as never);
const begins = (task: string) => runEvent('r', 'task.started', { task, attempt: 1, agent: 'x' });
const behind = (task: string, dependency: string) => {
  const event = added('r', task);
  return { ...event, data: { ...event.data, dependencies: [dependency], number: 2 } } as NewEvent;
};

describe('a run rests', () => {
  it.each<[string, NewEvent[], ReturnType<typeof restOfRun>]>([
    ['where all that is left waits for a signal', [added('r', 'a'), begins('a'), waits('a')], { until: undefined, signals: ['go'] }],
    [
      'until the earliest time',
      [
        added('r', 'a'),
        added('r', 'b'),
        waits('a', { reason: 'time', until: now + 2 * hour }),
        waits('b', { reason: 'time', until: now + hour }),
      ],
      { until: now + hour, signals: [] },
    ],
    ['while others wait for the one that waits', [added('r', 'a'), behind('b', 'a'), waits('a')], { until: undefined, signals: ['go'] }],
    ['where a task waits for a larger budget', [added('r', 'a'), waits('a', { reason: 'budget' })], { until: undefined, signals: [] }],
    [
      'not while a task could begin beside one without money',
      [added('r', 'a'), added('r', 'b'), waits('a', { reason: 'budget' })],
      undefined,
    ],
    ['not while a task is under way', [added('r', 'a'), added('r', 'b'), waits('a'), begins('b')], undefined],
    ['not while a task could begin', [added('r', 'a'), added('r', 'b'), waits('a')], undefined],
    ['not where a task is tried again in a moment', [added('r', 'a'), waits('a', { reason: 'retry', until: now + hour })], undefined],
    ['not where it was stopped', [added('r', 'a'), waits('a', { reason: 'interrupted' })], undefined],
    ['not where the time comes soon', [added('r', 'a'), waits('a', { reason: 'time', until: now + 60_000 })], undefined],
    ['not where the time has come', [added('r', 'a'), waits('a', { reason: 'time', until: now - 1 })], undefined],
    ['not where nothing waits', [added('r', 'a'), runEvent('r', 'task.completed', { task: 'a' })], undefined],
  ])('%s', async (_, events, rest) => {
    expect(restOfRun(await stateOf(events), now)).toEqual(rest);
  });
});

describe('a run that rests would rest again', () => {
  const parked = [added('r', 'a'), begins('a'), waits('a'), runEvent('r', 'run.waiting', { signals: ['go'] })];

  it.each<[string, NewEvent[], string[], boolean]>([
    ['where nothing was sent', parked, [], true],
    ['where only others were sent', parked, ['stop'], true],
    ['not where its signal was sent', parked, ['stop', 'go'], false],
    ['not where it was stopped, and does not rest', [...parked.slice(0, 3), runEvent('r', 'run.interrupted', { reason: 'x' })], [], false],
    [
      'not once its time has come',
      [added('r', 'a'), waits('a', { reason: 'time', until: now - 1 }), runEvent('r', 'run.waiting', { until: now - 1, signals: [] })],
      [],
      false,
    ],
  ])('%s', async (_, events, names, again) => {
    const store = new MemoryEventStore();
    const state = await stateOf(events, store);
    for (const name of names) await sendWake(store, 'r', name, {});
    expect(await stillRests(store, state, now)).toBe(again);
  });

  it('where its signal has woken a task before, and none was sent since', async () => {
    const store = new MemoryEventStore();
    await sendWake(store, 'r', 'go', {});
    const woken = runEvent('r', 'task.woken', { task: 'a', by: 'signal', signal: { number: 1, from: 'person', data: {} } });
    const state = await stateOf([added('r', 'a'), waits('a'), woken, begins('a'), ...parked.slice(2)], store);
    expect(await stillRests(store, state, now)).toBe(true);
  });
});

describe('a run that lacks money', () => {
  const lacks = (task: string) => waits(task, { reason: 'budget' });

  it('has nothing to stay for where that is all it lacks', async () => {
    expect(restsForBudget(await stateOf([added('r', 'a'), behind('b', 'a'), lacks('a')]))).toBe(true);
    expect(restsForBudget(await stateOf([added('r', 'a'), added('r', 'b'), lacks('a'), waits('b')]))).toBe(false);
    expect(restsForBudget(await stateOf([added('r', 'a')]))).toBe(false);
  });

  it('is gone on with when it is resumed: whether its budget is enough now is found out then', async () => {
    const store = new MemoryEventStore();
    const rested = runEvent('r', 'run.waiting', { signals: [] });
    expect(await stillRests(store, await stateOf([added('r', 'a'), lacks('a'), rested], store), now)).toBe(false);
  });
});
