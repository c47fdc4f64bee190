import { expect, it } from 'vitest';
import { RunJournal } from '../../../src/orchestrator/journal/run-journal.ts';
import { WaitingSignals } from '../../../src/orchestrator/scheduling/waiting-signals.ts';
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
