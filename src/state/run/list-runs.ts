import { runStreams } from '../../events/run-stream.ts';
import type { EventStore } from '../store/event-store.ts';
import type { LeaseOwner } from '../store/lease.ts';
import type { RunStatus } from './run-records.ts';
import { isOwned, shownRunStatus } from './shown-run-status.ts';
import type { StreamEnd } from '../store/stream-ends.ts';
import type { TaskCounts } from './ended-tasks.ts';

/** A run as a list of runs shows it. */
export interface ListedRun {
  run: string;
  workflow: string;
  status: RunStatus;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** The time of the last event of a run that nobody works on. */
  endedAt?: number | undefined;
  /** How long a run that has ended was worked on. */
  milliseconds?: number | undefined;
  /** The first non-empty line; if it is long, its beginning. */
  requirement: string;
  /** How many of all tasks are done. Absent if the run's last event does not say. */
  tasks?: TaskCounts | undefined;
  /** It builds on an earlier run. */
  inherits?: 'rerun' | 'refine' | undefined;
  /** What people are asked in a run that waits. Absent: nothing, or it is not known. */
  asks?: { task: string; wants: 'approval' | 'answer'; ask: string }[] | undefined;
  /** Who works on it now. */
  owner?: LeaseOwner | undefined;
}

/** Which runs are listed. Default: all. */
export interface ListRunsOptions {
  /** The most runs. Default: no limit. */
  limit?: number | undefined;
  /** Only runs with this status. */
  status?: RunStatus | undefined;
  /** Milliseconds since 1970. Default: now. */
  now?: number | undefined;
}

/** Events that tell the status of a run. Later ones may be checks or undos by a person. */
const tellStatus = ['run.started', 'run.resumed', 'run.interrupted', 'run.waiting', 'run.finished'];

/**
 * The runs of a journal, newest first, from the first event of each and the last one that tells its status. This includes runs that this program cannot read
 * completely.
 */
export async function listRuns(store: EventStore, { limit, status, now = Date.now() }: ListRunsOptions = {}): Promise<ListedRun[]> {
  const leases = new Map((await store.listLeases()).map((lease) => [lease.stream, lease]));
  const ends = await store.listEnds({
    prefix: runStreams,
    limit: status === undefined ? limit : undefined,
    first: ['workflow', 'input.requirement', 'inherits.how'],
    last: ['status', 'durationMilliseconds', 'tasks.completed', 'tasks.total'],
    lastOf: tellStatus,
  });
  const runs = ends.map(({ stream, first, last, lastTime }): ListedRun => {
    const lease = leases.get(stream);
    const recorded = recordedStatus(last);
    const shown = shownRunStatus(recorded, { lease, now });
    const { 'inherits.how': how } = first.texts;
    return {
      run: stream.slice(runStreams.length),
      workflow: first.texts['workflow'] ?? 'unknown',
      status: shown,
      startedAt: first.time,
      ...(shown === 'running' ? {} : { endedAt: recorded === 'running' ? lastTime : last.time }),
      requirement: firstLine(first.texts['input.requirement'] ?? ''),
      ...countsOf(last),
      ...(last.texts['durationMilliseconds'] === undefined ? {} : { milliseconds: Number(last.texts['durationMilliseconds']) }),
      ...(how === 'rerun' || how === 'refine' ? { inherits: how } : {}),
      ...(isOwned(lease, now) ? { owner: lease.owner } : {}),
    };
  });
  return status === undefined ? runs : runs.filter((run) => run.status === status).slice(0, limit);
}

function recordedStatus({ type, texts }: StreamEnd): RunStatus {
  if (type === 'run.interrupted') return 'interrupted';
  if (type === 'run.waiting') return 'waiting';
  if (type !== 'run.finished') return 'running';
  const { status } = texts;
  return status === 'completed' || status === 'cancelled' ? status : 'failed';
}

function countsOf({ texts }: StreamEnd): Pick<ListedRun, 'tasks'> {
  const { 'tasks.completed': completed, 'tasks.total': total } = texts;
  return completed === undefined || total === undefined ? {} : { tasks: { completed: Number(completed), total: Number(total) } };
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.trim() ?? '';
}
