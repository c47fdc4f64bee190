import type { EventStore } from '../../state/store/event-store.ts';
import { isOwned } from '../../state/run/shown-run-status.ts';
import { findRun } from './find-run.ts';

/** The newest run that somebody works on; where there is none, the newest. */
export async function chooseLiveRun(store: EventStore): Promise<string> {
  const now = Date.now();
  const live = new Set((await store.listLeases()).filter((lease) => isOwned(lease, now)).map(({ stream }) => stream));
  const streams = live.size === 0 ? [] : await store.list({ prefix: 'run:' });
  const newest = streams.find(({ stream }) => live.has(stream));
  return newest?.stream.slice('run:'.length) ?? findRun(store, 'latest');
}
