import type { TaskRecord } from '../../state/run/run-state.ts';

/** Whether a task waits for what its kind asked for: a time, a signal, other tasks. It goes on waiting when its run was stopped, and is not begun anew. */
export function waitsByItself({ status, waiting }: Pick<TaskRecord, 'status' | 'waiting'>): boolean {
  return status === 'waiting' && waiting?.reason !== 'retry' && waiting?.reason !== 'interrupted';
}
