import { describe, expect, it } from 'vitest';
import { withLease, withOwnedRun } from '../../../src/orchestrator/journal/own-run.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { processIdentity } from '../../../src/utils/process-identity.ts';
import { added, own, started, writeRun } from '../../support/run-events.ts';

/** Somebody else, who lives. */
const another = { ...processIdentity, nonce: processIdentity.nonce.replace(/./, 'x') as typeof processIdentity.nonce };

async function store() {
  const events = new MemoryEventStore();
  await writeRun(events, 'r', [started('r'), added('r', 'a')]);
  return events;
}

describe('owning a run', () => {
  it('gives its state and a journal that goes on with it, and lets go', async () => {
    const events = await store();
    const heard: string[] = [];
    const count = await withOwnedRun({ store: events, onEvent: ({ type }) => heard.push(type) }, 'r', async ({ state, journal }) => {
      expect([...state.tasks.keys()]).toEqual(['a']);
      expect(await events.readLease('run:r')).toBeDefined();
      await journal.append('person', [{ type: 'task.cancelled', data: { task: 'a' } }]);
      return state.lastSequence;
    });
    expect([count, heard]).toEqual([3, ['task.cancelled']]);
    expect(await events.readLease('run:r')).toBeUndefined();
  });

  it('lets go as well where the work fails, and where the run is not there', async () => {
    const events = await store();
    const fails = withOwnedRun({ store: events }, 'r', () => Promise.reject(new Error('no')));
    await expect(fails).rejects.toThrow('no');
    await expect(withOwnedRun({ store: events }, 'other', () => Promise.resolve())).rejects.toMatchObject({ code: 'run.not_found' });
    expect(await events.listLeases()).toEqual([]);
  });

  it('is refused while another process has it, which keeps it', async () => {
    const events = await store();
    await own(events, 'r', another);
    const before = await events.readLease('run:r');
    await expect(withOwnedRun({ store: events }, 'r', () => Promise.resolve())).rejects.toMatchObject({ code: 'lease.held' });
    expect(await events.readLease('run:r')).toEqual(before);
  });

  it('is refused a second time in one process as well', async () => {
    const events = await store();
    await withOwnedRun({ store: events }, 'r', async ({ journal }) => {
      await expect(withOwnedRun({ store: events }, 'r', () => Promise.resolve())).rejects.toMatchObject({ code: 'lease.held' });
      await journal.append('person', [{ type: 'task.cancelled', data: { task: 'a' } }]);
    });
    expect(await events.listLeases()).toEqual([]);
  });

  it('writes nothing more once another process has taken the run over', async () => {
    const events = await store();
    const work = withOwnedRun({ store: events }, 'r', async ({ journal, lease }) => {
      await events.releaseLease(lease.current);
      await own(events, 'r', another);
      await journal.append('person', [{ type: 'task.cancelled', data: { task: 'a' } }]);
    });
    await expect(work).rejects.toMatchObject({ code: 'lease.lost' });
    expect((await events.list())[0]?.sequence).toBe(2);
    expect(await events.readLease('run:r'), 'that of the other one stays').toBeDefined();
  });

  it('of a run without events is a lease alone', async () => {
    const events = new MemoryEventStore();
    const stream = await withLease({ store: events, run: 'new' }, async ({ current }) => current.stream);
    expect(stream).toBe('run:new');
    expect(await events.listLeases()).toEqual([]);
  });
});
