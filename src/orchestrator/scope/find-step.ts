import type { RunState, TaskRecord } from '../../state/run/run-state.ts';

type Tasks = Pick<RunState, 'tasks' | 'children'>;

/**
 * The task that an id means, seen from a task: one of its own inner steps, else one of the same iteration, else the latest that has run, and so on from each level
 * outwards up to the steps of its own workflow. From outside, the id of an inner step means its latest iteration. Undefined: none was added yet.
 */
export function findStep(state: Tasks, from: TaskRecord, id: string): TaskRecord | undefined {
  const within = isWorkflow(from) ? [] : named(state, from.task, id);
  if (within.length > 0) return latest(within.filter(hasRun)) ?? latest(within);
  for (let task: TaskRecord | undefined = from; task !== undefined;) {
    const parent: TaskRecord | undefined = task.parent === undefined ? undefined : state.tasks.get(task.parent);
    if (parent === undefined) break;
    const found = named(state, parent.task, id);
    const iteration = beginningOf(task);
    const same = found.filter((other) => other.task.startsWith(iteration));
    const known = latest(same.filter(hasRun)) ?? latest(found.filter(hasRun)) ?? latest(same) ?? latest(found);
    if (known !== undefined || isWorkflow(parent)) return known;
    task = parent;
  }
  const own = state.tasks.get(id);
  if (own !== undefined && own.parent === undefined) return own;
  const top = [...state.tasks.values()].filter(({ parent }) => parent === undefined);
  const inner = top.flatMap((task) => (isWorkflow(task) ? [] : named(state, task.task, id)));
  return latest(inner.filter(hasRun)) ?? latest(inner);
}

/** The steps of a workflow that another one names have ids of their own: nobody outside sees them, and they see nobody outside. */
function isWorkflow({ kind }: TaskRecord): boolean {
  return kind === 'workflow';
}

/** Tasks of this step id that joined the run for a task: its own, else those further inside. */
function named(state: Tasks, parent: string, id: string): TaskRecord[] {
  const children = (state.children.get(parent) ?? []).flatMap((name) => state.tasks.get(name) ?? []);
  const own = children.filter(({ task }) => task.slice(task.lastIndexOf('/') + 1) === id);
  if (own.length > 0) return own;
  return children.flatMap((task) => (isWorkflow(task) ? [] : named(state, task.task, id)));
}

/** With what the ids of all tasks of an iteration begin: `review_rounds/2/`. */
function beginningOf({ task }: TaskRecord): string {
  return task.slice(0, task.lastIndexOf('/') + 1);
}

function hasRun({ status }: TaskRecord): boolean {
  return status !== 'pending';
}

/** In the order in which they were added. */
function latest(tasks: readonly TaskRecord[]): TaskRecord | undefined {
  return tasks.at(-1);
}
