import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventStore, NewKnownEvent } from '../../../src/state/event-store.ts';
import { listRuns } from '../../../src/state/list-runs.ts';
import { MemoryEventStore } from '../../../src/state/memory-event-store.ts';
import { SqliteEventStore } from '../../../src/state/sqlite-event-store.ts';
import { processIdentity } from '../../../src/utils/process-identity.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { own, runEvent, started, writeRun } from './run-events.ts';

const stores: [string, () => EventStore][] = [
  ['SQLite', () => SqliteEventStore.open({ path: join(temporaryFolder(), 'state.db') })],
  ['memory', () => new MemoryEventStore()],
];

const finished = (run: string, status: 'completed' | 'failed' | 'cancelled', time?: number) =>
  runEvent(run, 'run.finished', { status, durationMilliseconds: 5 }, time);

describe.each(stores)('listRuns in %s', (_, open) => {
  const opened = () => {
    const store = open();
    onTestFinished(() => store.close());
    return store;
  };

  it.each<[string, (run: string) => NewKnownEvent[], 'nobody' | 'this' | 'dead', string]>([
    ['completed', (run) => [finished(run, 'completed')], 'nobody', 'completed'],
    ['failed', (run) => [finished(run, 'failed')], 'nobody', 'failed'],
    ['cancelled', (run) => [finished(run, 'cancelled')], 'nobody', 'cancelled'],
    ['interrupted', (run) => [runEvent(run, 'run.interrupted', { reason: 'x' })], 'nobody', 'interrupted'],
    ['running while its process lives', () => [], 'this', 'running'],
    ['interrupted, never running, once its process is gone', () => [], 'dead', 'interrupted'],
    ['interrupted when nobody ever took it', () => [], 'nobody', 'interrupted'],
    [
      'running again after it had ended',
      (run) => [finished(run, 'failed'), runEvent(run, 'run.resumed', { how: 'retry', owner: { host: 'h', pid: 1 }, overrides: {} })],
      'this',
      'running',
    ],
  ])('shows a run as %s', async (_, events, owner, status) => {
    const store = opened();
    await writeRun(store, 'a', [started('a'), ...events('a')]);
    if (owner !== 'nobody') await own(store, 'a', owner === 'this' ? processIdentity : { ...processIdentity, pid: 2 ** 22 + 7 });
    const [run] = await listRuns(store);
    expect(run).toMatchObject({ run: 'a', workflow: 'bug_fix', status });
    expect(run?.owner?.pid).toBe(status === 'running' ? processIdentity.pid : undefined);
    expect(run?.endedAt === undefined).toBe(status === 'running');
  });

  it('gives the newest first by when they began, the first line of the requirement, and no more than asked for', async () => {
    const store = opened();
    await writeRun(store, 'new', [started('new', '\n\n First line \nsecond', 3000), finished('new', 'completed', 4000)]);
    await writeRun(store, 'old', [started('old', 'x'.repeat(5000), 1000), finished('old', 'failed', 1500)]);
    await store.append({ stream: 'other:1', expectedSequence: 0, events: [started('x')], durability: 'normal' });
    const all = await listRuns(store);
    expect(all.map(({ run }) => run)).toEqual(['new', 'old']);
    expect(all[0]).toMatchObject({ requirement: 'First line', startedAt: 3000, endedAt: 4000 });
    expect(all[1]?.requirement).toHaveLength(200);
    expect((await listRuns(store, { limit: 1 })).map(({ run }) => run)).toEqual(['new']);
    expect((await listRuns(store, { limit: 1, status: 'failed' })).map(({ run }) => run)).toEqual(['old']);
  });
});
