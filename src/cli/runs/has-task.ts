import type { RunState } from '../../state/run/run-state.ts';
import { taskOfRun } from './task-of-run.ts';

/** Whether a word names a task of a run. */
export function hasTask(state: RunState, word: string): boolean {
  try {
    taskOfRun(state, word);
    return true;
  } catch {
    return false;
  }
}
