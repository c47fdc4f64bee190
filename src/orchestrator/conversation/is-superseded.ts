import type { RunState } from '../../state/run/run-state.ts';

/** Whether a task belongs to an iteration of a loop after which another one has begun, also where the loop stands further out. */
export function isSuperseded({ tasks, children }: Pick<RunState, 'tasks' | 'children'>, name: string): boolean {
  for (let task = tasks.get(name); task?.parent !== undefined; task = tasks.get(task.parent)) {
    const loop = tasks.get(task.parent);
    if (loop?.kind !== 'loop') continue;
    const newest = children.get(loop.task)?.at(-1);
    if (newest !== undefined && iterationIn(loop.task, newest) > iterationIn(loop.task, task.task)) return true;
  }
  return false;
}

function iterationIn(loop: string, task: string): number {
  return Number(task.slice(loop.length + 1).split('/', 1)[0]);
}
