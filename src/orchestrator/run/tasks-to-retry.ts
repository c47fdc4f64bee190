import { innerTasks } from '../../state/run/inner-tasks.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import { descendantsOf } from '../task-graph.ts';
import { isCutOff } from './cut-off-tasks.ts';
import { unknownTask } from './unknown-task.ts';

/** What a retry does again. */
export interface TasksToRetry {
  /** Later ones first, so that none stands while what it rests on is open. */
  reopened: TaskRecord[];
  /** Those among them that work out anew which tasks join the run for them. */
  anew: ReadonlySet<string>;
  /** What joined the run for these before, at whatever depth, and is not done again. */
  setAside: TaskRecord[];
}

/**
 * A task and what was done after it on its ground.
 * @param wanted Undefined: whatever failed or was cancelled.
 * @throws MultiagentError `run.unknown_task`, `run.task_left_behind`, `run.nothing_failed`.
 */
export function tasksToRetry(state: RunState, wanted: string | undefined, kinds: Pick<StepKindRegistry, 'get'>): TasksToRetry {
  const tasks = [...state.tasks.values()];
  if (wanted !== undefined && !state.tasks.has(wanted)) throw unknownTask(state, wanted);
  if (wanted !== undefined) requireCounting(state, wanted);
  const roots =
    wanted === undefined
      ? tasks.filter(({ status }) => status === 'failed' || status === 'cancelled').map(({ task }) => task)
      : tasks.map(({ task }) => task).filter((task) => task === wanted || task.startsWith(`${wanted}/`));
  if (roots.length === 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'run.nothing_failed',
      message: `No task of the run ${state.run} has failed.`,
      hint: `Name the task that is to be done again: multiagent retry ${state.run} <task>.`,
    });
  }
  const wide = new Set([...roots, ...descendantsOf(roots, tasks)]);
  // What it rests on is done again, or it is itself what is wanted, or what it put together failed, and not what joined the run for it.
  const isAnew = (task: TaskRecord) => {
    if (!wide.has(task.task) || !state.children.has(task.task) || kinds.get(task.kind).beginsAnew !== true) return false;
    if (wanted === task.task || task.dependencies.some((name) => wide.has(name))) return true;
    const isOwnFailure = task.status === 'failed' && !isCutOff(task) && task.error?.code !== 'expression.failed';
    return wanted === undefined && isOwnFailure && !roots.some((root) => root.startsWith(`${task.task}/`));
  };
  const anew = new Set(tasks.filter(isAnew).map(({ task }) => task));
  const isAside = ({ parent }: TaskRecord): boolean => {
    const around = parent === undefined ? undefined : state.tasks.get(parent);
    return around !== undefined && (anew.has(around.task) || isAside(around));
  };
  return {
    reopened: tasks.filter((task) => wide.has(task.task) && task.status !== 'pending' && !isAside(task)).toReversed(),
    anew,
    setAside: tasks.filter((task) => isAside(task) && task.skipped?.reason !== 'condition').toReversed(),
  };
}

/** @throws MultiagentError `run.task_left_behind` for a task that joined the run for one that was begun anew after it. */
function requireCounting(state: RunState, wanted: string): void {
  for (let task = state.tasks.get(wanted); task?.parent !== undefined; task = state.tasks.get(task.parent)) {
    const { parent } = task;
    if (innerTasks(state, parent).includes(task)) continue;
    throw new MultiagentError({
      category: 'usage',
      code: 'run.task_left_behind',
      message: `The task ${wanted} no longer counts: ${parent} was begun anew after it.`,
      hint: `"multiagent show ${state.run}" shows the tasks that count; "multiagent retry ${state.run} ${parent}" begins it anew once more.`,
    });
  }
}
