import { innerTasks } from '../../state/run/inner-tasks.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { TaskOutcome } from '../task-executor.ts';

type Tasks = Pick<RunState, 'tasks' | 'children'>;
type Expanded = Extract<TaskOutcome, { status: 'expanded' }>;

/** What joined the run for one iteration of a composite step. */
export interface Iteration {
  /** From 1. It is the part of the tasks' ids behind that of the step; where the step was begun anew, these count on. */
  number: number;
  /** Those of its own steps, in the order in which they were added; none of those further inside. */
  tasks: TaskRecord[];
}

/** The iterations of a composite step that have begun, in order. They come from the journal, so that none is done anew after a restart. */
export function iterationsOf(state: Tasks, of: Pick<TaskRecord, 'task'>): Iteration[] {
  const found = new Map<number, TaskRecord[]>();
  const before = lastSetAside(state, of);
  for (const task of innerTasks(state, of.task)) {
    const number = numberOf(task.task, of) - before;
    if (!Number.isInteger(number)) continue;
    const known = found.get(number);
    if (known === undefined) found.set(number, [task]);
    else known.push(task);
  }
  return [...found].map(([number, own]) => ({ number, tasks: own })).toSorted((a, b) => a.number - b.number);
}

/** The number in the ids of the last iteration that no longer counts, because the step was begun anew; 0: there is none. */
export function lastSetAside({ tasks, children }: Tasks, of: Pick<TaskRecord, 'task'>): number {
  const aside = (children.get(of.task) ?? []).slice(0, tasks.get(of.task)?.setAside ?? 0);
  return aside.reduce((most, name) => Math.max(most, numberOf(name, of) || 0), 0);
}

/** NaN for a task that belongs to no iteration. */
function numberOf(name: string, { task: parent }: Pick<TaskRecord, 'task'>): number {
  return Number(name.slice(parent.length + 1).split('/', 1)[0]);
}

/** The steps of one iteration, as they join the run. @param number That of the iteration in the ids. @param after Ids of tasks of the same step that come before those which depend on nothing themselves. */
export function stepsOfIteration(number: number, steps: readonly unknown[], after: readonly string[] = []): WorkflowStep[] {
  return steps.map((given) => {
    const step = { depends_on: [], priority: 1, kind: 'agent', ...(given as object) } as unknown as WorkflowStep;
    const dependencies = step.depends_on.length === 0 ? [...after] : step.depends_on.map((id) => `${number}/${id}`);
    return { ...step, id: `${number}/${step.id}`, depends_on: dependencies };
  });
}

/** Gives each of these steps the same names for its expressions. */
export function namesFor(steps: readonly WorkflowStep[], names: Record<string, unknown>): NonNullable<Expanded['names']> {
  return Object.fromEntries(steps.map(({ id }) => [id, names]));
}

/** The tasks that no other task of their iteration depends on, by the part of their ids behind that of the step. */
export function lastOf({ tasks }: Iteration, { task: parent }: Pick<TaskRecord, 'task'>): string[] {
  const needed = new Set(tasks.flatMap(({ dependencies }) => dependencies));
  return tasks.flatMap(({ task }) => (needed.has(task) ? [] : [task.slice(parent.length + 1)]));
}

/** Those that have not ended. */
export function openOf(iterations: readonly Iteration[]): TaskRecord[] {
  return iterations
    .flatMap(({ tasks }) => tasks)
    .filter(({ status }) => status === 'pending' || status === 'running' || status === 'waiting');
}

/** Has a composite step wait for tasks that joined the run for it before, and for steps that join it now. */
export function waitFor(
  open: readonly TaskRecord[],
  { task: parent }: Pick<TaskRecord, 'task'>,
  added: readonly WorkflowStep[] = [],
): Expanded {
  return { status: 'expanded', steps: [...open.map((task) => stepOf(task, parent)), ...added] };
}

/** Enough of a step to wait for its task, which is there. */
function stepOf({ task, kind, description, priority }: TaskRecord, parent: string): WorkflowStep {
  return { id: task.slice(parent.length + 1), kind, description, depends_on: [], priority };
}

/** A list may have hundreds of items, and each may fail. */
const mostNamed = 5;

/** Why a composite step has failed: the tasks within it that did not end well, the first few by name, and the first error among them. Undefined: all of them ended well. */
export function failureOf(iterations: readonly Iteration[], code: string): Extract<TaskOutcome, { status: 'failed' }> | undefined {
  const failed = iterations.flatMap(({ tasks }) => tasks).filter(isLost);
  if (failed.length === 0) return undefined;
  const why = failed.find(({ error }) => error !== undefined)?.error?.message ?? 'it did not end';
  const others = failed.length - mostNamed;
  const names = failed.slice(0, mostNamed).map(({ task }) => task);
  const which = `${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
  return { status: 'failed', error: { code, message: `${which}: ${why}` }, again: 'never' };
}

/** Failed or stopped, or skipped because what it depends on was. What a condition skips has ended well. */
function isLost({ status, skipped }: TaskRecord): boolean {
  return status === 'failed' || status === 'cancelled' || (status === 'skipped' && skipped?.reason !== 'condition');
}

/** Whether a task joined the run for an iteration, or for something within one: what it is to do may be done already. */
export function isIterated({ tasks }: Pick<RunState, 'tasks'>, { names, parent }: TaskRecord): boolean {
  if (names !== undefined && Object.hasOwn(names, 'iteration')) return true;
  const around = parent === undefined ? undefined : tasks.get(parent);
  return around !== undefined && isIterated({ tasks }, around);
}

/** The outputs of the steps of an iteration, by their ids. */
export function outputsOf(iteration: Iteration | undefined): Record<string, { status: string; outputs: Record<string, unknown> }> {
  const tasks = iteration?.tasks ?? [];
  return Object.fromEntries(tasks.map(({ task, status, outputs = {} }) => [task.slice(task.lastIndexOf('/') + 1), { status, outputs }]));
}
