import type { EventStore } from '../../state/store/event-store.ts';
import { isOwned } from '../../state/run/shown-run-status.ts';
import { findRun } from './find-run.ts';
import { runsNewestFirst } from './runs-newest-first.ts';

/** The newest run that somebody works on; where there is none, the newest. */
export async function chooseLiveRun(store: EventStore): Promise<string> {
  const [newest] = await liveRuns(store);
  return newest ?? findRun(store);
}

/** The runs that somebody works on, newest first. */
export async function liveRuns(store: EventStore): Promise<string[]> {
  const now = Date.now();
  const live = new Set((await store.listLeases()).filter((lease) => isOwned(lease, now)).map(({ stream }) => stream));
  return live.size === 0 ? [] : (await runsNewestFirst(store)).filter((run) => live.has(`run:${run}`));
}
