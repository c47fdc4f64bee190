import { EventRegistry } from '../../src/events/event-registry.ts';
import { runStreamEvents } from '../../src/events/run-stream-events.ts';
import type { EventStore, NewEvent } from '../../src/state/store/event-store.ts';
import { listRuns } from '../../src/state/run/list-runs.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { SqliteEventStore } from '../../src/state/store/sqlite-event-store.ts';
import { processIdentity } from '../../src/utils/process-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { findRun } from '../../src/operations/find-run.ts';
import { listRuns as listWithTasks } from '../../src/operations/list-runs.ts';
import { own, runEvent, started, writeRun } from '../support/run-events.ts';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const twoKinds = () => new EventRegistry({ run: runStreamEvents, other: runStreamEvents });
const stores: [string, () => EventStore][] = [
  ['SQLite', () => SqliteEventStore.open({ path: join(temporaryFolder(), 'state.db'), events: twoKinds() })],
  ['memory', () => new MemoryEventStore({ events: twoKinds() })],
];

const finished = (run: string, status: 'completed' | 'failed' | 'cancelled', time?: number) =>
  runEvent(run, 'run.finished', { status, durationMilliseconds: 5 }, time);

const checked = (run: string) => [
  runEvent(run, 'check.started', { command: 'true', timeoutMilliseconds: 1 }),
  runEvent(run, 'check.finished', { command: 'true', outcome: 'passed', durationMilliseconds: 1, output: '' }),
];
const undone = (run: string) => runEvent(run, 'artifact.undone', { task: 'a', path: 'a.py', sha256: '0'.repeat(64) });
const restored = (run: string) => runEvent(run, 'artifact.restored', { path: 'a.py', sha256: '0'.repeat(64) });

describe.each(stores)('listRuns in %s', (_, open) => {
  const opened = () => {
    const store = open();
    onTestFinished(() => store.close());
    return store;
  };

  it.each<[string, (run: string) => NewEvent[], 'nobody' | 'this' | 'dead', string]>([
    ['completed', (run) => [finished(run, 'completed')], 'nobody', 'completed'],
    ['failed', (run) => [finished(run, 'failed')], 'nobody', 'failed'],
    ['cancelled', (run) => [finished(run, 'cancelled')], 'nobody', 'cancelled'],
    ['interrupted', (run) => [runEvent(run, 'run.interrupted', { reason: 'x' })], 'nobody', 'interrupted'],
    ['completed after its files were checked', (run) => [finished(run, 'completed'), ...checked(run)], 'nobody', 'completed'],
    [
      'interrupted after files were taken back',
      (run) => [runEvent(run, 'run.interrupted', { reason: 'x' }), undone(run)],
      'nobody',
      'interrupted',
    ],
    ['failed after files were written again', (run) => [finished(run, 'failed'), restored(run)], 'nobody', 'failed'],
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

  it('tells when a run ended, how many tasks it has done, and what it builds on, whatever was done with its files later', async () => {
    const store = opened();
    const end = { status: 'failed' as const, durationMilliseconds: 5, tasks: { completed: 4, total: 9 } };
    const later = runEvent('a', 'artifact.undone', { task: 'a', path: 'a.py', sha256: '0'.repeat(64) }, 9_000);
    await writeRun(store, 'a', [started('a', 'x', 1_000), runEvent('a', 'run.finished', end, 2_000), later]);
    const begin = started('b', 'x', 500);
    await writeRun(store, 'b', [
      { ...begin, data: { ...begin.data, inherits: { run: 'a', how: 'refine', tasks: [] } } } as NewEvent,
      runEvent('b', 'message.sent', { from: 'a', to: null, messageType: 'm', content: {} }, 700),
    ]);
    const [b, a] = await listRuns(store);
    expect(a).toMatchObject({ endedAt: 2_000, milliseconds: 5, tasks: { completed: 4, total: 9 } });
    expect(b, 'it was last heard of with its last event').toMatchObject({ inherits: 'refine', status: 'interrupted', endedAt: 700 });
    expect([a?.inherits, b?.tasks]).toEqual([undefined, undefined]);
    const [counted] = await listWithTasks({ store });
    expect(counted?.tasks, 'the operation counts them').toEqual({ completed: 0, total: 0 });
  });

  it('gives the newest first, whatever the clock said when they began, the first line of the requirement, and no more than asked for', async () => {
    const store = opened();
    await writeRun(store, 'old', [started('old', 'x'.repeat(5000), 5000), finished('old', 'failed', 5500)]);
    await writeRun(store, 'new', [started('new', '\n\n First line \nsecond', 3000), finished('new', 'completed', 4000)]);
    await store.append({ stream: 'other:1', expectedSequence: 0, events: [started('x')], durability: 'normal' });
    const all = await listRuns(store);
    expect(all.map(({ run }) => run)).toEqual(['new', 'old']);
    expect(await findRun({ store }, 'latest'), 'the commands mean the same one').toBe('new');
    expect(all[0]).toMatchObject({ requirement: 'First line', startedAt: 3000, endedAt: 4000 });
    expect(all[1]?.requirement).toHaveLength(200);
    expect((await listRuns(store, { limit: 1 })).map(({ run }) => run)).toEqual(['new']);
    expect((await listRuns(store, { limit: 1, status: 'failed' })).map(({ run }) => run)).toEqual(['old']);
  });
});
