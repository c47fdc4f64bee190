import { runStream } from '../events/run-stream.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { type ListedRun, listRuns as listStored, type ListRunsOptions } from '../state/run/list-runs.ts';
import { openQuestions } from '../orchestrator/decisions/open-questions.ts';
import { foldRun } from '../state/run/run-state.ts';
import { countTasks } from '../state/run/ended-tasks.ts';
import { systemClock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import type { Workspace } from './workspace.ts';

/**
 * The runs of a workspace, newest first, with their tasks counted. A run that this program cannot read in full is listed without the count.
 * @example
 * for (const { run, workflow, status, tasks } of await listRuns(orchestrator, { limit: 10 })) {
 *   console.log(run, workflow, status, `${tasks?.completed} of ${tasks?.total}`);
 * }
 */
export async function listRuns(
  { store, clock = systemClock }: Pick<Workspace, 'store' | 'clock'>,
  options: ListRunsOptions = {},
): Promise<ListedRun[]> {
  const runs: ListedRun[] = [];
  for (const run of await listStored(store, { now: clock.now(), ...options })) runs.push(await countedRun(store, run));
  return runs;
}

/** Reads the whole history where the last event does not tell all: the run waits, is running, or its process died. */
async function countedRun(store: EventStore, run: ListedRun): Promise<ListedRun> {
  if (run.tasks !== undefined && run.status !== 'waiting') return run;
  try {
    const state = await foldRun(store.read(runStream(run.run)));
    const asks = openQuestions(state).map(({ task, question: { wants, ask } }) => ({ task: task.task, wants, ask }));
    return { ...run, tasks: countTasks(state.tasks), ...(asks.length === 0 ? {} : { asks }) };
  } catch (error) {
    if (error instanceof MultiagentError) return run;
    throw error;
  }
}
