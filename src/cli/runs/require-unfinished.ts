import { cutOffTasks } from '../../orchestrator/run/cut-off-tasks.ts';
import { runFolders } from '../../orchestrator/run/run-folders.ts';
import { haveResults } from '../../orchestrator/results/write-results.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { resolve } from 'node:path';

/** @throws MultiagentError `run.complete` for a run of which nothing was cut off, also no results. */
export async function requireUnfinished({ store, workspace }: { store: EventStore; workspace: string }, run: string): Promise<void> {
  const state = await foldRun(store.read(`run:${run}`));
  const tasks = [...state.tasks.values()];
  if (state.status === 'running' || cutOffTasks(tasks).length > 0 || tasks.some((task) => task.status === 'pending')) return;
  if (!(await haveResults(state, runFolders({ output: resolve(workspace, state.output), run, workflow: state.workflow })))) return;
  throw new MultiagentError({
    code: 'run.complete',
    message: `The run ${run} has ended (${state.status}); nothing of it was cut off.`,
    hint:
      state.status === 'failed'
        ? `multiagent retry ${run} does its failed tasks again.`
        : `multiagent refine ${run} "<what to change>" builds on it.`,
  });
}
