import type { RunState, TaskRecord } from './run-records.ts';

/** Whether another run has done the task, and this one only builds on it. */
export function isTakenOver({ inherits }: Pick<RunState, 'inherits'>, { task, status, activities }: TaskRecord): boolean {
  return status === 'completed' && inherits?.tasks.includes(task) === true && activities.every(({ calls }) => calls.length === 0);
}
