import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { digestTaskType } from './session-workflow.ts';

/** Of what is done in a session, what its next step is shown: the newest digest and what came after it. Undefined: all of it, since there is no digest. */
export function shownOfSession(done: readonly TaskRecord[]): TaskRecord[] | undefined {
  const digest = done.findLast(({ taskType }) => taskType === digestTaskType);
  return digest && done.filter(({ number, parent }) => parent === undefined && number >= digest.number);
}

/** Whether a digest among these turns stands for what a task has said. */
export function isDigested({ tasks }: Pick<RunState, 'tasks'>, name: string, turns: Iterable<string>): boolean {
  const task = tasks.get(name);
  if (task === undefined) return false;
  for (const turn of turns) {
    const other = tasks.get(turn);
    if (other?.taskType === digestTaskType && other.number > task.number) return true;
  }
  return false;
}
