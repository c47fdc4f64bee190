import { repliesOf } from './activities-of.ts';
import type { RunState, TaskRecord } from './run-records.ts';

/** Whether another run did the task, and this one only builds on it. */
export function isTakenOver({ inherits }: Pick<RunState, 'inherits'>, record: TaskRecord): boolean {
  const { task, status } = record;
  return status === 'completed' && inherits?.tasks.includes(task) === true && repliesOf(record).every(({ calls }) => calls.length === 0);
}

/** Whether a task that asks a model was completed without creating or changing a file since it was last requested. It counts as done, and people are told. */
export function changedNothing(state: Pick<RunState, 'inherits'>, task: TaskRecord): boolean {
  return task.status === 'completed' && task.place !== 'none' && !task.changedFiles && !isTakenOver(state, task);
}

/** The progress of a run. */
export interface TaskCounts {
  completed: number;
  total: number;
}

export function countTasks(tasks: ReadonlyMap<string, Pick<TaskRecord, 'status'>>): TaskCounts {
  return { completed: [...tasks.values()].filter(({ status }) => status === 'completed').length, total: tasks.size };
}
