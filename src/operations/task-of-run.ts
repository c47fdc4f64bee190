import { unknownTask } from '../orchestrator/run/unknown-task.ts';
import type { RunState, TaskRecord } from '../state/run/run-state.ts';

/**
 * Finds a task by the name that a person typed, with `-` or `_`, or by the number that is shown before it.
 * @throws MultiagentError `run.unknown_task`, which lists the tasks.
 * @example
 * const state = await orchestrator.loadRun(run);
 * console.log(taskOfRun(state, '2').task); // bug_fix
 * console.log(taskOfRun(state, 'bug-fix').role); // developer
 */
export function taskOfRun(state: RunState, task: string): TaskRecord {
  const found = state.tasks.get(task) ?? state.tasks.get(task.replaceAll('-', '_')) ?? ofNumber(state, task);
  if (found !== undefined) return found;
  throw unknownTask(state, task);
}

/** Undefined where several tasks have that number, as in a loop. */
function ofNumber(state: RunState, text: string): TaskRecord | undefined {
  const found = [...state.tasks.values()].filter(({ number }) => String(number) === text);
  return found.length === 1 ? found[0] : undefined;
}
