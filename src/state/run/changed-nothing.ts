import { isTakenOver } from './is-taken-over.ts';
import type { RunState, TaskRecord } from './run-records.ts';

/** Whether a task that asks a model has come to a good end without making or changing a file since it was last asked for. It counts as done, and people are told. */
export function changedNothing(state: Pick<RunState, 'inherits'>, task: TaskRecord): boolean {
  return task.status === 'completed' && task.place !== 'none' && !task.changedFiles && !isTakenOver(state, task);
}
