import { isUnfinished } from '../../orchestrator/run/cut-off-tasks.ts';
import { foldersOfRun, type FoldersOfRunOptions } from '../../orchestrator/run/folders-of-run.ts';
import { haveResults } from '../../orchestrator/results/write-results.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { runComplete } from '../../orchestrator/run/run-complete.ts';

/** @throws MultiagentError `run.complete` for a run of which nothing was cut off, also no results. */
export async function requireUnfinished({ store, ...places }: FoldersOfRunOptions & { store: EventStore }, run: string): Promise<void> {
  const state = await foldRun(store.read(`run:${run}`));
  if (state.status === 'running' || isUnfinished([...state.tasks.values()])) return;
  if (await haveResults(state, await foldersOfRun(state, places))) throw runComplete(state);
}
