import { runStream } from '../../events/run-stream.ts';
import type { Cost } from '../../events/cost-of-call.ts';
import { repliesOf } from '../../state/run/activities-of.ts';
import { costOfTask } from '../../state/run/cost-of-run.ts';
import { listRuns } from '../../state/run/list-runs.ts';
import { foldRun, type TaskRecord } from '../../state/run/run-state.ts';
import type { EventStore } from '../../state/store/event-store.ts';

/** Among so many of the newest completed runs those of the workflow are looked for, and so many of them are read. */
const looked = 30;
const mostRead = 3;

/** What a task cost in one earlier run, and which model it asked. */
export interface EarlierCost extends Cost {
  run: string;
  task: string;
  place: string;
  model: string;
}

/** What the tasks of the newest completed runs of a workflow have cost, where each asked one model. A run that cannot be read is left out: this is only for an estimate. */
export async function earlierCosts(store: EventStore, workflow: string): Promise<EarlierCost[]> {
  const runs = (await listRuns(store, { status: 'completed', limit: looked }))
    .filter((listed) => listed.workflow === workflow)
    .slice(0, mostRead);
  const costs: EarlierCost[] = [];
  for (const { run } of runs) {
    const state = await foldRun(store.read(runStream(run))).catch(() => undefined);
    for (const task of state?.tasks.values() ?? []) {
      const cost = costOfTask(task);
      const model = onlyModelOf(task);
      if (cost !== undefined && model !== undefined) costs.push({ ...cost, run, task: task.task, ...model });
    }
  }
  return costs;
}

function onlyModelOf(task: TaskRecord): { place: string; model: string } | undefined {
  const prices = repliesOf(task).flatMap(({ calls }) => calls.flatMap(({ price }) => price ?? []));
  const [first] = prices;
  if (first === undefined || prices.some(({ place, model }) => place !== first.place || model !== first.model)) return undefined;
  return { place: first.place, model: first.model };
}
