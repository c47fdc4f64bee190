import { describe, expect, it } from 'vitest';
import { followRun } from '../../src/operations/follow-run.ts';
import type { NewEvent } from '../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { processIdentity } from '../../src/utils/process-identity.ts';
import { added, own, runEvent, started, writeRun } from '../support/run-events.ts';

const interrupted = runEvent('r', 'run.interrupted', { reason: 'x' });

/** What is told of a run: `earlier` events, then `later` ones once those were told. */
async function told(earlier: NewEvent[], later: NewEvent[], signal = new AbortController().signal) {
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [started('r'), ...earlier]);
  await own(store, 'r');
  const seen: string[] = [];
  for await (const { event, when } of followRun({ store }, 'r', { signal, interval: 5 })) {
    seen.push(`${when} ${event.type}`);
    if (seen.length === 1 + earlier.length && later.length > 0)
      await store.append({ stream: 'run:r', expectedSequence: seen.length, events: later, durability: 'normal' });
  }
  return seen;
}

describe('following a run', () => {
  it.each<[string, NewEvent]>([
    ['ends', runEvent('r', 'run.finished', { status: 'completed', durationMilliseconds: 1 })],
    ['is stopped', interrupted],
    ['is let go, because all that is left waits', runEvent('r', 'run.waiting', { signals: ['go'] })],
  ])('tells what was before as earlier, then what happens, until the run %s', async (_, last) => {
    const seen = await told([interrupted, added('r', 'a')], [added('r', 'b', 2), last, added('r', 'c', 3)]);
    expect(seen).toEqual(['earlier run.started', 'earlier run.interrupted', 'earlier task.added', 'now task.added', `now ${last.type}`]);
  });

  it('ends where its owner is gone without a word, and where it is told to', async () => {
    const store = new MemoryEventStore();
    await writeRun(store, 'r', [started('r')]);
    await own(store, 'r', { ...processIdentity, pid: 2 ** 22 + 7 });
    const seen: string[] = [];
    for await (const { event } of followRun({ store }, 'r', { signal: new AbortController().signal, interval: 5 })) seen.push(event.type);
    expect(seen).toEqual(['run.started']);
    expect(await told([], [], AbortSignal.abort())).toEqual([]);
  });
});
