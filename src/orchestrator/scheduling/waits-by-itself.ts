import type { TaskRecord } from '../../state/run/run-state.ts';

/** Whether a task waits for something that its kind asked for: a time, a signal, other tasks. After its run was stopped, it continues to wait instead of starting again. */
export function waitsByItself({ status, waiting }: Pick<TaskRecord, 'status' | 'waiting'>): boolean {
  return status === 'waiting' && waiting?.reason !== 'retry' && waiting?.reason !== 'interrupted';
}
