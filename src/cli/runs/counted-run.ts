import type { EventStore } from '../../state/store/event-store.ts';
import type { ListedRun } from '../../state/run/list-runs.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { countTasks } from '../../state/run/ended-tasks.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** With its tasks counted from its whole history, where its last word does not tell: it goes on, or its process died. Without them if that cannot be read. */
export async function countedRun(store: EventStore, run: ListedRun): Promise<ListedRun> {
  if (run.tasks !== undefined) return run;
  try {
    const { tasks } = await foldRun(store.read(`run:${run.run}`));
    return { ...run, tasks: countTasks(tasks) };
  } catch (error) {
    if (error instanceof MultiagentError) return run;
    throw error;
  }
}
