import { runStream } from '../events/run-stream.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { runFinished } from '../orchestrator/run/run-finished.ts';
import type { Report } from '../orchestrator/journal/run-journal.ts';
import { writeResults } from '../orchestrator/results/write-results.ts';
import type { LeaseOwner } from '../state/store/event-store.ts';
import type { RunStatus } from '../state/run/run-state.ts';
import { systemClock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { standingRun } from './show-run.ts';
import type { Workspace } from './workspace.ts';

/** How long somebody who works on the run is waited for. */
export interface CancelRunOptions {
  /** How long the run's process may take to stop, in milliseconds. Default 30 000. */
  patience?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** `had_ended`: there was nothing to cancel. `ended`: the run ended otherwise before the request reached it. */
export type CancelOutcome = { kind: 'had_ended' | 'ended'; status: RunStatus } | { kind: 'cancelled' };

/** How long to wait between two looks at the run, in milliseconds. The request is repeated, because a process that is just taking the run over misses it. */
const slice = 500;

/** Whether nobody works on a run of this status, though it can go on. */
const isAtRest = (status: RunStatus) => status === 'interrupted' || status === 'waiting';

/**
 * Ends a run as cancelled. Only a person can undo that, by resuming the run by name. A process that works on the run is asked to stop, and saves first; where there is none, the cancellation is recorded here.
 * @throws MultiagentError `run.no_answer` when the process does not stop in time; `run.not_found`.
 * @example
 * const outcome = await cancelRun(orchestrator, waitingRun);
 * console.log(outcome.kind); // cancelled
 */
export async function cancelRun(
  workspace: Workspace,
  run: string,
  { patience = 30_000, signal }: CancelRunOptions = {},
): Promise<CancelOutcome> {
  const { store, clock = systemClock } = workspace;
  const standing = await standingRun(workspace, run);
  if (standing.status !== 'running' && !isAtRest(standing.status)) return { kind: 'had_ended', status: standing.status };
  let { owner } = standing;
  for (let waited = 0; owner !== undefined; waited += slice) {
    signal?.throwIfAborted();
    if (waited > patience) throw noAnswer(run, owner, patience);
    if (waited % 5000 === 0) await store.sendSignal({ stream: runStream(run), type: 'cancel', from: 'person' });
    await clock.sleep(Math.min(slice, patience), signal);
    const now = await standingRun(workspace, run);
    if (now.owner === undefined && now.status === 'cancelled') return { kind: 'cancelled' };
    if (now.owner === undefined && !isAtRest(now.status)) return { kind: 'ended', status: now.status };
    ({ owner } = now);
  }
  await recordCancelled(workspace, run);
  return { kind: 'cancelled' };
}

async function recordCancelled(workspace: Workspace, run: string): Promise<void> {
  const { clock = systemClock } = workspace;
  await withOwnedRun(workspace, run, async ({ state, journal }) => {
    const folders = await foldersOfRun(state, workspace);
    const begun = [...state.tasks.values()].filter(({ status }) => status === 'running' || status === 'waiting');
    await journal.append('person', [
      ...begun.map(({ task }): Report => ({ type: 'task.cancelled', data: { task } })),
      runFinished(state, { now: clock.now(), status: 'cancelled' }),
    ]);
    await writeResults(journal.state, folders);
  });
}

function noAnswer(run: string, { pid, host }: LeaseOwner, patience: number): MultiagentError {
  return new MultiagentError({
    code: 'run.no_answer',
    message: `Process ${pid} on ${host} is working on the run ${run} and did not stop within ${Math.round(patience / 1000)} seconds.`,
    hint: `The process will stop as soon as it reads the request. To end it now: kill ${pid} (on ${host}), then run "multiagent cancel ${run}" again.`,
  });
}
