import type { EventStore } from './event-store.ts';
import type { LeaseOwner } from './lease.ts';
import type { RunStatus } from './run-records.ts';
import { isOwned, shownRunStatus } from './shown-run-status.ts';
import type { StreamEnd } from './stream-ends.ts';

export interface ListedRun {
  run: string;
  workflow: string;
  status: RunStatus;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** The last that is known of a run that nobody works on. */
  endedAt?: number | undefined;
  /** The first line that is not empty; of a long one its beginning. */
  requirement: string;
  /** Who works on it now. */
  owner?: LeaseOwner | undefined;
}

export interface ListRunsOptions {
  limit?: number | undefined;
  /** Only those. */
  status?: RunStatus | undefined;
  /** Milliseconds since 1970. Default: now. */
  now?: number | undefined;
}

const prefix = 'run:';

/** The runs of a journal, newest first, from the first and the last event of each: also runs that this program cannot read whole. */
export async function listRuns(store: EventStore, { limit, status, now = Date.now() }: ListRunsOptions = {}): Promise<ListedRun[]> {
  const leases = new Map((await store.listLeases()).map((lease) => [lease.stream, lease]));
  const ends = await store.listEnds({
    prefix,
    limit: status === undefined ? limit : undefined,
    first: ['workflow', 'input.requirement'],
    last: ['status'],
  });
  const runs = ends.map(({ stream, first, last }): ListedRun => {
    const lease = leases.get(stream);
    const shown = shownRunStatus(recordedStatus(last), { lease, now });
    return {
      run: stream.slice(prefix.length),
      workflow: first.texts['workflow'] ?? 'unknown',
      status: shown,
      startedAt: first.time,
      ...(shown === 'running' ? {} : { endedAt: last.time }),
      requirement: firstLine(first.texts['input.requirement'] ?? ''),
      ...(isOwned(lease, now) ? { owner: lease.owner } : {}),
    };
  });
  return status === undefined ? runs : runs.filter((run) => run.status === status).slice(0, limit);
}

/** What a run ends with is its last event. */
function recordedStatus({ type, texts }: StreamEnd): RunStatus {
  if (type === 'run.interrupted') return 'interrupted';
  if (type !== 'run.finished') return 'running';
  const { status } = texts;
  return status === 'completed' || status === 'cancelled' ? status : 'failed';
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.trim() ?? '';
}
