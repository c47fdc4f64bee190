import { describe, expect, it } from 'vitest';
import { RunJournal } from '../../../src/orchestrator/journal/run-journal.ts';
import { sendWake, WaitingSignals, wakeSignal } from '../../../src/orchestrator/scheduling/waiting-signals.ts';
import type { AppendOptions } from '../../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { added, started as begun, writeRun } from '../../support/run-events.ts';

/** Is as slow as a disk: what is decided meanwhile is decided on what is not so any more. */
class SlowStore extends MemoryEventStore {
  override async append(options: AppendOptions) {
    await new Promise((resolve) => void setImmediate(resolve));
    return super.append(options);
  }
}

it('a signal that comes when the time of a task has just come wakes it not twice, and is kept for the next time', async () => {
  const store = new SlowStore();
  await writeRun(store, 'r', [begun('r'), added('r', 'a')]);
  const journal = new RunJournal({ store, run: 'r', clock: instantClock(), state: await foldRun(store.read('run:r')) });
  const signals = new WaitingSignals(journal);
  const started = { type: 'task.started' as const, data: { task: 'a', attempt: 1, agent: 'wait' } };
  const waits = { type: 'task.waiting' as const, data: { task: 'a', reason: 'signal', signal: 'go', until: 1 } };
  await journal.append('scheduler', [started, waits]);

  const byTime = journal.append('scheduler', [{ type: 'task.woken', data: { task: 'a', by: 'time' } }, started]);
  await signals.take(await store.sendSignal({ stream: 'run:r', type: 'wake', from: 'person', data: { name: 'go' } }));
  await byTime;
  expect(journal.state.tasks.get('a')).toMatchObject({ status: 'running', woken: { by: 'time' } });

  await journal.append('scheduler', [waits]);
  await signals.take(await store.sendSignal({ stream: 'run:r', type: 'wake', from: 'person', data: { name: 'else' } }));
  expect(journal.state.tasks.get('a')).toMatchObject({ status: 'pending', woken: { by: 'signal' } });
});

it('a signal that comes when the run has just been let go wakes nobody, and is there for whoever goes on with it', async () => {
  const store = new SlowStore();
  await writeRun(store, 'r', [begun('r'), added('r', 'a')]);
  const journal = new RunJournal({ store, run: 'r', clock: instantClock(), state: await foldRun(store.read('run:r')) });
  const signals = new WaitingSignals(journal);
  await journal.append('scheduler', [{ type: 'task.waiting', data: { task: 'a', reason: 'signal', signal: 'go' } }]);
  const letGo = journal.append('run', [{ type: 'run.waiting', data: { signals: ['go'] } }]);
  await signals.take(await store.sendSignal({ stream: 'run:r', type: 'wake', from: 'person', data: { name: 'go' } }));
  await letGo;
  expect(journal.state).toMatchObject({ status: 'waiting', lastSequence: 4 });
  expect(journal.state.takenSignals.size).toBe(0);
});

describe('signals that wake', () => {
  const begin = async (store: MemoryEventStore, ...tasks: string[]) => {
    await writeRun(store, 'r', [begun('r'), ...tasks.map((task, place) => added('r', task, place + 1))]);
    const journal = new RunJournal({ store, run: 'r', clock: instantClock(), state: await foldRun(store.read('run:r')) });
    const send = (name: unknown, text = '') => store.sendSignal({ stream: 'run:r', type: 'wake', from: 'person', data: { name, text } });
    const wait = (task: string, signal = 'go') =>
      journal.append('scheduler', [{ type: 'task.waiting', data: { task, reason: 'signal', signal } }]);
    const wokenBy = () => [...journal.state.tasks.values()].map(({ woken }) => woken?.signal?.data['text']);
    return { journal, signals: new WaitingSignals(journal), send, wait, wokenBy };
  };

  it('are kept until somebody waits for them, and wake one each, the first the first', async () => {
    const { signals, send, wait, wokenBy } = await begin(new MemoryEventStore(), 'a', 'b', 'c');
    for (const text of ['one', 'two', 'three']) await signals.take(await send('go', text));
    await wait('a', 'another');
    await wait('b');
    await signals.settled();
    expect(wokenBy()).toEqual([undefined, 'one', undefined]);
    await wait('a');
    await wait('c');
    await signals.settled();
    expect(wokenBy()).toEqual(['two', 'one', 'three']);
  });

  it('wake nobody twice: one that was taken is never handed out again', async () => {
    const { journal, signals, send, wait, wokenBy } = await begin(new MemoryEventStore(), 'a', 'b');
    await wait('a');
    const signal = await send('go', 'one');
    await signals.take(signal);
    await wait('b');
    await signals.take(signal);
    expect(wokenBy()).toEqual(['one', undefined]);
    expect(journal.state.tasks.get('b')?.status).toBe('waiting');
  });

  it('have a name: one without wakes nobody', async () => {
    const { journal, signals, send, wait } = await begin(new MemoryEventStore(), 'a', 'b');
    await wait('a');
    await signals.take(await send(7, 'none'));
    expect([...journal.state.tasks.values()].map(({ status }) => status)).toEqual(['waiting', 'pending']);
    expect(journal.state.takenSignals.size).toBe(0);
  });

  it('are heard of no more after the end', async () => {
    const { signals, send, wait, wokenBy } = await begin(new MemoryEventStore(), 'a');
    await signals.take(await send('go', 'one'));
    signals.close();
    await wait('a');
    await signals.settled();
    expect(wokenBy()).toEqual([undefined]);
  });

  it('that nobody could be given any more are all kept, in their order', async () => {
    const { journal, signals, send, wait, wokenBy } = await begin(new SlowStore(), 'a', 'b');
    await wait('a');
    const byTime = journal.append('scheduler', [{ type: 'task.woken', data: { task: 'a', by: 'time' } }]);
    const both = ['one', 'two'].map(async (text) => signals.take(await send('go', text)));
    await Promise.all([byTime, ...both]);
    expect(wokenBy()).toEqual([undefined, undefined]);
    for (const task of ['b', 'a']) await wait(task);
    await signals.settled();
    expect(new Set(wokenBy())).toEqual(new Set(['one', 'two']));
  });

  it('go on being handed out where the journal once could not be written', async () => {
    let fails = false;
    class FailingStore extends MemoryEventStore {
      override async append(options: AppendOptions) {
        if (fails) throw new Error('no space');
        return super.append(options);
      }
    }
    const { signals, send, wait, wokenBy } = await begin(new FailingStore(), 'a', 'b');
    for (const task of ['a', 'b']) await wait(task, task);
    fails = true;
    await signals.take(await send('a', 'lost'));
    fails = false;
    await signals.take(await send('b', 'two'));
    expect(wokenBy()).toEqual([undefined, 'two']);
  });

  it('are sent by name, with what they carry, to the run that they are for', async () => {
    const store = new MemoryEventStore();
    await sendWake(store, 'r', 'go', { text: 'one', name: 'is that of the signal' });
    const sent = store.subscribeSignals('run:r', { signal: new AbortController().signal })[Symbol.asyncIterator]();
    const { value } = await sent.next();
    expect(value).toMatchObject({ type: wakeSignal, from: 'person', data: { name: 'go', text: 'one' } });
    await sent.return?.();
  });
});
