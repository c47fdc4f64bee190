import type { QuestionRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';

/** What a task asks a person, and nobody has decided. */
export interface OpenQuestion {
  task: TaskRecord;
  question: QuestionRecord;
}

/** What people are asked in a run now, in step order. */
export function openQuestions({ tasks, status }: Pick<RunState, 'tasks' | 'status'>): OpenQuestion[] {
  if (hasEnded(status)) return [];
  return [...tasks.values()].flatMap((task) => {
    const { question } = task;
    return isOpen(task) && question !== undefined ? [{ task, question }] : [];
  });
}

/** Whether a task waits for the decision of a person. */
export function isOpen({ status, question }: TaskRecord): boolean {
  return status === 'waiting' && question !== undefined && question.decided === undefined;
}

/** Whether nothing can be decided in a run any more. */
export function hasEnded(status: RunState['status']): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}
