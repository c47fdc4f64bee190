import { holdLease } from '../../orchestrator/journal/hold-lease.ts';
import { runFinished } from '../../orchestrator/run/run-finished.ts';
import { foldersOfRun, type FoldersOfRunOptions } from '../../orchestrator/run/folders-of-run.ts';
import { type Report, RunJournal } from '../../orchestrator/journal/run-journal.ts';
import { writeResults } from '../../orchestrator/results/write-results.ts';
import type { EventStore, LeaseOwner } from '../../state/store/event-store.ts';
import type { RunStatus } from '../../state/run/run-state.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { systemClock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { loadShownRun } from './load-shown-run.ts';

export interface CancelRunOptions extends FoldersOfRunOptions {
  store: EventStore;
  run: string;
  /** How long the run's process may take to stop, in milliseconds. Default 30 000. */
  patience?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** `had_ended`: there was nothing to cancel. `ended`: it came to another end before the request reached it. */
export type CancelOutcome = { kind: 'had_ended' | 'ended'; status: RunStatus } | { kind: 'cancelled' };

/** How often the request is repeated and looked after: one that is sent while a process is just taking the run over is not heard. */
const slice = 500;

/**
 * Ends a run as cancelled, which only a person takes back by resuming it under its name. Whoever works on it is asked to, and stops after saving; one that nobody works on is recorded as cancelled here.
 * @throws MultiagentError `run.no_answer` when its process does not stop in time.
 */
export async function cancelRun(options: CancelRunOptions): Promise<CancelOutcome> {
  const { store, run, patience = 30_000, signal } = options;
  const shown = await loadShownRun(store, run);
  if (shown.status !== 'running' && shown.status !== 'interrupted') return { kind: 'had_ended', status: shown.status };
  let { owner } = shown;
  for (let waited = 0; owner !== undefined; waited += slice) {
    signal?.throwIfAborted();
    if (waited > patience) throw noAnswer(run, owner, patience);
    if (waited % 5000 === 0) await store.sendSignal({ stream: `run:${run}`, type: 'cancel', from: 'person' });
    await systemClock.sleep(Math.min(slice, patience), signal);
    const now = await loadShownRun(store, run);
    if (now.owner === undefined && now.status === 'cancelled') return { kind: 'cancelled' };
    if (now.owner === undefined && now.status !== 'interrupted') return { kind: 'ended', status: now.status };
    ({ owner } = now);
  }
  await recordCancelled(options);
  return { kind: 'cancelled' };
}

async function recordCancelled({ store, run, ...places }: CancelRunOptions): Promise<void> {
  const stream = `run:${run}`;
  const lease = await holdLease(store, stream);
  try {
    const state = await foldRun(store.read(stream));
    const folders = await foldersOfRun(state, places);
    const journal = new RunJournal({ store, run, clock: systemClock, lease: () => lease.current, state });
    const begun = [...state.tasks.values()].filter(({ status }) => status === 'running' || status === 'waiting');
    await journal.append('person', [
      ...begun.map(({ task }): Report => ({ type: 'task.cancelled', data: { task } })),
      runFinished(state, { now: systemClock.now(), status: 'cancelled' }),
    ]);
    await writeResults(journal.state, folders);
  } finally {
    await lease.release();
  }
}

function noAnswer(run: string, { pid, host }: LeaseOwner, patience: number): MultiagentError {
  return new MultiagentError({
    code: 'run.no_answer',
    message: `Process ${pid} on ${host} works on the run ${run} and did not stop within ${Math.round(patience / 1000)} seconds.`,
    hint: `The request stays and counts as soon as it answers. To end it now: kill ${pid} (on ${host}), then "multiagent cancel ${run}" again.`,
  });
}
