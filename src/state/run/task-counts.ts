import type { TaskRecord } from './run-records.ts';

/** How far a run is. */
export interface TaskCounts {
  completed: number;
  total: number;
}

export function countTasks(tasks: ReadonlyMap<string, Pick<TaskRecord, 'status'>>): TaskCounts {
  return { completed: [...tasks.values()].filter(({ status }) => status === 'completed').length, total: tasks.size };
}
