import type { JournalEvent } from '../../events/run-stream-events.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { isOwned } from '../../state/run/shown-run-status.ts';
import type { View } from '../views/view.ts';

export interface FollowRunOptions {
  store: EventStore;
  run: string;
  /** What is there already is told to it as something earlier, where it can tell the difference. */
  view: View;
  signal: AbortSignal;
  /** Milliseconds between two looks whether somebody still works on the run. Default 1000. */
  interval?: number | undefined;
}

/** Shows a run while it goes on, until it ends, its owner is gone, or the signal is aborted. Nothing of this is noticed by the run. */
export async function followRun({ store, run, view, signal, interval = 1000 }: FollowRunOptions): Promise<void> {
  const stream = `run:${run}`;
  const present = (await store.list({ prefix: stream })).find((summary) => summary.stream === stream)?.sequence ?? 0;
  let seen = 0;
  const tell = (event: JournalEvent) => {
    seen = event.sequence;
    if (seen <= present && view.earlier !== undefined) view.earlier(event);
    else view.event(event);
    return seen >= present && (event.type === 'run.finished' || event.type === 'run.interrupted');
  };
  const abandoned = new AbortController();
  const look = async () => {
    if (seen >= present && !isOwned(await store.readLease(stream), Date.now())) abandoned.abort();
  };
  const looking = setInterval(() => void look().catch((error: unknown) => abandoned.abort(error)), interval);
  try {
    for await (const event of store.subscribe(stream, { signal: AbortSignal.any([signal, abandoned.signal]) })) if (tell(event)) return;
    // The owner may have written its last words between our last reading and its leaving.
    if (!signal.aborted) for await (const event of store.read(stream, { after: seen })) if (tell(event)) return;
  } finally {
    clearInterval(looking);
  }
}
