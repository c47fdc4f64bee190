import type { RunState, TaskRecord } from './run-records.ts';

/** The tasks that joined the run for a task and count for it, in the order in which they were added: without those after which it was begun anew. */
export function innerTasks({ tasks, children }: Pick<RunState, 'tasks' | 'children'>, task: string): TaskRecord[] {
  const counting = (children.get(task) ?? []).slice(tasks.get(task)?.setAside ?? 0);
  return counting.flatMap((name) => tasks.get(name) ?? []);
}
