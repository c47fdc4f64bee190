import type { EventStore } from '../../state/store/event-store.ts';

/** The ids of the runs of a journal, newest first. */
export async function runsNewestFirst(store: EventStore): Promise<string[]> {
  const streams = await store.list({ prefix: 'run:' });
  return streams.map(({ stream }) => stream.slice('run:'.length));
}
