import type { TaskRecord } from '../../state/run/run-state.ts';

/** Whether a task waits for something that its kind asked for: a time, a signal, other tasks. After its run was stopped, it continues to wait instead of starting again. */
export function waitsByItself({ status, waiting }: Pick<TaskRecord, 'status' | 'waiting'>): boolean {
  return status === 'waiting' && waiting?.reason !== 'retry' && waiting?.reason !== 'interrupted' && waiting?.reason !== budgetReason;
}

/** The reason of a task that waits because the budget of its run has no room for its next call. */
export const budgetReason = 'budget';

/** Whether a task waits for a larger budget, which only whoever resumes its run can give. */
export function waitsForBudget({ status, waiting }: Pick<TaskRecord, 'status' | 'waiting'>): boolean {
  return status === 'waiting' && waiting?.reason === budgetReason;
}
