import type { RunState, TaskRecord } from './run-records.ts';

/** Whether nothing of a task may leave this machine: it is private, or one is that it joined the run for. */
export function isKeptHere({ tasks }: Pick<RunState, 'tasks'>, task: Pick<TaskRecord, 'private' | 'parent'>): boolean {
  const seen = new Set<string>();
  for (let current: typeof task | undefined = task; current !== undefined;) {
    if (current.private === true) return true;
    const { parent } = current;
    if (parent === undefined || seen.has(parent)) return false;
    seen.add(parent);
    current = tasks.get(parent);
  }
  return false;
}
