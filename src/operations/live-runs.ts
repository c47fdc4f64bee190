import { runStream } from '../events/run-stream.ts';
import { LeaseHeldError } from '../state/store/event-store.ts';
import { isOwned } from '../state/run/shown-run-status.ts';
import { systemClock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { findRun, runsNewestFirst } from './find-run.ts';
import type { Workspace } from './workspace.ts';

/** The newest run that somebody works on; where there is none, the newest run. */
export async function chooseLiveRun(workspace: Pick<Workspace, 'store' | 'clock'>): Promise<string> {
  const [newest] = await liveRuns(workspace);
  return newest ?? findRun(workspace);
}

/** The runs that somebody works on, newest first. */
export async function liveRuns({ store, clock = systemClock }: Pick<Workspace, 'store' | 'clock'>): Promise<string[]> {
  const now = clock.now();
  const live = new Set((await store.listLeases()).filter((lease) => isOwned(lease, now)).map(({ stream }) => stream));
  return live.size === 0 ? [] : (await runsNewestFirst(store)).filter((run) => live.has(runStream(run)));
}

/** @throws MultiagentError `run.live` while somebody works on the run. */
export async function requireNotLive({ store, clock = systemClock }: Pick<Workspace, 'store' | 'clock'>, run: string): Promise<void> {
  const lease = await store.readLease(runStream(run));
  if (isOwned(lease, clock.now())) throw liveRun(run, new LeaseHeldError(lease));
}

/** An error with the code `run.live` for a lease that somebody else holds; any other error unchanged. */
export function liveRun(run: string, error: unknown): unknown {
  if (!(error instanceof LeaseHeldError)) return error;
  const { pid, host } = error.lease.owner;
  return new MultiagentError({
    category: 'usage',
    code: 'run.live',
    message: `The run ${run} is running: process ${pid} on ${host} is working on it.`,
    hint: `Pause it first: multiagent pause ${run} (or end it: multiagent cancel ${run})`,
    cause: error,
  });
}
