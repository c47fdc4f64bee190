import { runStream } from '../events/run-stream.ts';
import type { JournalEvent } from '../events/run-stream-events.ts';
import { isOwned } from '../state/run/shown-run-status.ts';
import { systemClock } from '../utils/clock.ts';
import type { Workspace } from './workspace.ts';

/** How a run is followed. */
export interface FollowOptions {
  /** Aborting stops following, without an error. */
  signal: AbortSignal;
  /** Milliseconds between two checks that somebody still works on the run. Default 1000. */
  interval?: number | undefined;
}

/** `earlier`: the event was in the journal before following started. */
export interface FollowedEvent {
  event: JournalEvent;
  when: 'earlier' | 'now';
}

/** After these events nobody works on the run until somebody continues it. */
const lastWords: ReadonlySet<JournalEvent['type']> = new Set(['run.finished', 'run.interrupted', 'run.waiting']);

/**
 * The events of a run, in this or another process, until the run ends, its owner is gone, or the signal is aborted. The run does not notice.
 * A run that does not exist has no events, which is no error.
 * @example
 * for await (const { event, when } of followRun(orchestrator, run, { signal: AbortSignal.timeout(60_000) })) {
 *   if (when === 'earlier' && event.type === 'run.finished') console.log(event.data.status); // completed
 * }
 */
export async function* followRun(
  { store, clock = systemClock }: Pick<Workspace, 'store' | 'clock'>,
  run: string,
  { signal, interval = 1000 }: FollowOptions,
): AsyncGenerator<FollowedEvent, void, undefined> {
  const stream = runStream(run);
  const present = (await store.list({ prefix: stream })).find((summary) => summary.stream === stream)?.sequence ?? 0;
  let seen = 0;
  const told = (event: JournalEvent): FollowedEvent => {
    seen = event.sequence;
    return { event, when: seen <= present ? 'earlier' : 'now' };
  };
  const isLast = ({ type }: JournalEvent) => seen >= present && lastWords.has(type);
  const abandoned = new AbortController();
  const look = async () => {
    if (seen >= present && !isOwned(await store.readLease(stream), clock.now())) abandoned.abort();
  };
  const looking = setInterval(() => void look().catch((error: unknown) => abandoned.abort(error)), interval);
  try {
    for await (const event of store.subscribe(stream, { signal: AbortSignal.any([signal, abandoned.signal]) })) {
      yield told(event);
      if (isLast(event)) return;
    }
    // The owner may have written its last events after our last read and before it left.
    if (signal.aborted) return;
    for await (const event of store.read(stream, { after: seen })) {
      yield told(event);
      if (isLast(event)) return;
    }
  } finally {
    clearInterval(looking);
  }
}
