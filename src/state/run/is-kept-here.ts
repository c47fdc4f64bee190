import { privateWholes } from './private-wholes.ts';
import type { RunState } from './run-records.ts';

/** Whether nothing of a task may leave this machine: it is private, or one is that it joined the run for. */
export function isKeptHere(state: Pick<RunState, 'tasks' | 'definition'>, task: string): boolean {
  return privateWholes(state, task).length > 0;
}
