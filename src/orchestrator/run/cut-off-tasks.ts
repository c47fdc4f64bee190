import type { TaskRecord } from '../../state/run/run-state.ts';
import { waitsByItself } from '../scheduling/waits-by-itself.ts';
import { descendantsOf } from '../task-graph.ts';

/** The task was stopped, or what it needs failed it: a server, a provider, a disk, or that no model which it may ask is there. What it has is good, and it goes on from there. */
export function isCutOff(task: TaskRecord): boolean {
  const { status, error } = task;
  if (status === 'failed') return /^(server|provider|private|files|journal)\./.test(error?.code ?? '');
  return status === 'running' || (status === 'waiting' && !waitsByItself(task)) || status === 'cancelled';
}

/** What was cut off, with what was skipped because of it; later ones first. */
export function cutOffTasks(tasks: TaskRecord[]): TaskRecord[] {
  const roots = tasks.filter(isCutOff);
  const behind = descendantsOf(
    roots.map(({ task }) => task),
    tasks,
  );
  return tasks.filter((task) => isCutOff(task) || (task.status === 'skipped' && behind.has(task.task))).toReversed();
}

/** Whether a run with these tasks has something to go on with. */
export function isUnfinished(tasks: TaskRecord[]): boolean {
  return cutOffTasks(tasks).length > 0 || tasks.some(({ status }) => status === 'pending' || status === 'waiting');
}
