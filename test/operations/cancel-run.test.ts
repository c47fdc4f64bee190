import { expect, it } from 'vitest';
import { cancelRun } from '../../src/operations/cancel-run.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import type { SendSignalOptions } from '../../src/state/store/event-store.ts';
import { processIdentity } from '../../src/utils/process-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { own, runEvent, started, writeRun } from '../support/run-events.ts';

it('tells which process does not answer, and leaves the request where it will be seen', async () => {
  const store = new MemoryEventStore();
  await writeRun(store, 'a', [started('a')]);
  await own(store, 'a');
  await expect(cancelRun({ store, workspace: temporaryFolder() }, 'a', { patience: 1 })).rejects.toMatchObject({
    code: 'run.no_answer',
    message: expect.stringContaining(`Process ${processIdentity.pid} on ${processIdentity.host}`) as string,
  });
  for await (const { type } of store.subscribeSignals('run:a', { signal: AbortSignal.timeout(1000) })) {
    expect(type).toBe('cancel');
    return;
  }
  expect.fail('there is no signal');
});

it.each(['cancelled', 'completed'] as const)('an end (%s) counts only once its process has let go of the run', async (status) => {
  /** The process of the run records its end when it is asked to stop, and holds on to the run. */
  class Holding extends MemoryEventStore {
    override async sendSignal(options: SendSignalOptions) {
      const events = [runEvent('a', 'run.finished', { status, durationMilliseconds: 1 })];
      await this.append({ stream: 'run:a', expectedSequence: 1, events, durability: 'normal' });
      return super.sendSignal(options);
    }
  }
  const store = new Holding();
  await writeRun(store, 'a', [started('a')]);
  await own(store, 'a');
  await expect(cancelRun({ store, workspace: temporaryFolder() }, 'a', { patience: 1 })).rejects.toMatchObject({ code: 'run.no_answer' });
});

it('an end that is recorded after the clock was set back took no time rather than less', async () => {
  const store = new MemoryEventStore();
  await writeRun(store, 'a', [started('a', 'x', Date.UTC(2100)), runEvent('a', 'run.interrupted', { reason: 'x' })]);
  await cancelRun({ store, workspace: temporaryFolder() }, 'a');
  for await (const { type, data } of store.read('run:a', { after: 2 })) {
    expect([type, data]).toEqual(['run.finished', { status: 'cancelled', durationMilliseconds: 0, tasks: { completed: 0, total: 0 } }]);
  }
});

it('records the end of a run that nobody works on, once', async () => {
  const store = new MemoryEventStore();
  await writeRun(store, 'a', [started('a'), runEvent('a', 'run.interrupted', { reason: 'x' })]);
  const workspace = { store, workspace: temporaryFolder() };
  expect(await cancelRun(workspace, 'a')).toEqual({ kind: 'cancelled' });
  expect(await cancelRun(workspace, 'a')).toEqual({ kind: 'had_ended', status: 'cancelled' });
  expect((await store.list()).map(({ sequence }) => sequence)).toEqual([3]);
  expect(await store.readLease('run:a')).toBeUndefined();
});
