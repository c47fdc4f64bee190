import { innerTasks } from '../../state/run/inner-tasks.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';

type Tasks = Pick<RunState, 'tasks' | 'children'>;

/**
 * The task that an id means, seen from a task: one of its own inner steps, else one of the same iteration, else the latest that has run, and so on from each level
 * outwards up to the steps of its own workflow. From outside, the id of an inner step means its latest iteration. Seen from an item of a list, what was done for
 * other items is not there. Undefined: none was added yet.
 */
export function findStep(state: Tasks, from: TaskRecord, id: string): TaskRecord | undefined {
  const within = isWorkflow(from) ? [] : named(state, from.task, id);
  const lists = new Set<string>();
  const isOfOtherItem = ({ task }: TaskRecord) => task.split('/').some((part) => lists.has(part));
  if (within.length > 0) return latest(within.filter(hasRun)) ?? latest(within);
  for (let task: TaskRecord | undefined = from; task !== undefined;) {
    const parent: TaskRecord | undefined = task.parent === undefined ? undefined : state.tasks.get(task.parent);
    if (parent === undefined) break;
    const found = named(state, parent.task, id).filter((other) => !isOfOtherItem(other));
    const iteration = beginningOf(task);
    const same = found.filter((other) => other.task.startsWith(iteration));
    const others = isList(parent) ? [] : found;
    const known = latest(same.filter(hasRun)) ?? latest(others.filter(hasRun)) ?? latest(same) ?? latest(others);
    if (known !== undefined || isWorkflow(parent)) return known;
    if (isList(parent)) lists.add(idOf(parent));
    task = parent;
  }
  const own = state.tasks.get(id);
  if (own !== undefined && own.parent === undefined) return own;
  const top = [...state.tasks.values()].filter(({ parent }) => parent === undefined);
  const inner = top.flatMap((task) => (isClosed(task) ? [] : named(state, task.task, id))).filter((other) => !isOfOtherItem(other));
  return latest(inner.filter(hasRun)) ?? latest(inner);
}

/** The steps of a workflow that another one names have ids of their own: nobody outside sees them, and they see nobody outside. */
function isWorkflow({ kind }: TaskRecord): boolean {
  return kind === 'workflow';
}

/** Its inner steps have ids that no definition names: those of another workflow, or those that a model gave the steps of its plan. */
function isClosed({ kind }: TaskRecord): boolean {
  return kind === 'workflow' || kind === 'plan';
}

/** Its iterations are of different things, none of which stands for another. */
function isList({ kind }: TaskRecord): boolean {
  return kind === 'for_each';
}

function idOf({ task }: TaskRecord): string {
  return task.slice(task.lastIndexOf('/') + 1);
}

/** Tasks of this step id that joined the run for a task: its own, else those further inside. */
function named(state: Tasks, parent: string, id: string): TaskRecord[] {
  const children = innerTasks(state, parent);
  const own = children.filter((task) => idOf(task) === id);
  if (own.length > 0) return own;
  return children.flatMap((task) => (isClosed(task) ? [] : named(state, task.task, id)));
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
