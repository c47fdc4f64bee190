import { expect, it } from 'vitest';
import { RunJournal } from '../../../src/orchestrator/journal/run-journal.ts';
import { RunSignals } from '../../../src/orchestrator/run/run-signals.ts';
import { sendWake } from '../../../src/orchestrator/scheduling/waiting-signals.ts';
import type { AppendOptions, Signal } from '../../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';

/** Tells of a signal long after it was sent. */
class LateStore extends MemoryEventStore {
  override async *subscribeSignals(...args: Parameters<MemoryEventStore['subscribeSignals']>): AsyncGenerator<Signal, void, undefined> {
    for await (const signal of super.subscribeSignals(...args)) {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
      yield signal;
    }
  }
}

/** Writes as slowly as a disk. */
class SlowStore extends MemoryEventStore {
  override async append(options: AppendOptions) {
    await new Promise((resolve) => void setImmediate(resolve));
    return super.append(options);
  }
}

async function waitingRun(store: MemoryEventStore, after = 0) {
  const waiting = runEvent('r', 'task.waiting', { task: 'a', reason: 'signal', signal: 'go' });
  await writeRun(store, 'r', [started('r'), added('r', 'a'), waiting]);
  const journal = new RunJournal({ store, run: 'r', clock: instantClock(), state: await foldRun(store.read('run:r')) });
  const failures: unknown[] = [];
  return { journal, failures, signals: new RunSignals({ store, journal, after, onFailure: (error) => failures.push(error) }) };
}

it('who waits until all is heard finds every signal handed out that was sent before', async () => {
  const store = new LateStore();
  const { journal, signals } = await waitingRun(store);
  for (const name of ['else', 'other', 'go']) await sendWake(store, 'r', name, {});
  await signals.caughtUp();
  expect(journal.state.tasks.get('a')).toMatchObject({ status: 'pending', woken: { by: 'signal', signal: { number: 3 } } });
  await signals.caughtUp();
  await signals.close();
});

it('so does one whose signal came before its task waited', async () => {
  const store = new SlowStore();
  const { journal, signals } = await waitingRun(store);
  await sendWake(store, 'r', 'next', {});
  await signals.caughtUp();
  await journal.append('scheduler', [{ type: 'task.waiting', data: { task: 'a', reason: 'signal', signal: 'next' } }]);
  await signals.caughtUp();
  expect(journal.state.tasks.get('a')).toMatchObject({ status: 'pending', woken: { by: 'signal' } });
  await signals.close();
});

it('a request to end the run counts only where it was meant for this owner', async () => {
  const store = new MemoryEventStore();
  const cancel = () => store.sendSignal({ stream: 'run:r', type: 'cancel', from: 'person' });
  await cancel();
  const { signals } = await waitingRun(store, 1);
  await signals.caughtUp();
  expect(signals.cancelled.aborted).toBe(false);
  await cancel();
  await signals.caughtUp();
  expect(signals.cancelled.reason).toMatchObject({ code: 'run.cancelled' });
  await signals.close();
});

it('signals that cannot be read are told, and nobody waits for them for ever', async () => {
  class Broken extends MemoryEventStore {
    override subscribeSignals(): AsyncGenerator<Signal, void, undefined> {
      throw new Error('no signals');
    }
  }
  const store = new Broken();
  const { signals, failures } = await waitingRun(store);
  await sendWake(store, 'r', 'go', {});
  await signals.caughtUp();
  expect(failures).toEqual([new Error('no signals')]);
  await signals.close();
});
