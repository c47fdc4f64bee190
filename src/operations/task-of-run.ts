import { unknownTask } from '../orchestrator/run/unknown-task.ts';
import type { RunState, TaskRecord } from '../state/run/run-state.ts';

/**
 * A task as a person names it, with `-` or `_`, or by the number that stands before it wherever a run is shown.
 * @throws MultiagentError `run.unknown_task`, with the tasks there are.
 */
export function taskOfRun(state: RunState, task: string): TaskRecord {
  const found = state.tasks.get(task) ?? state.tasks.get(task.replaceAll('-', '_')) ?? ofNumber(state, task);
  if (found !== undefined) return found;
  throw unknownTask(state, task);
}

/** Nothing where several tasks have that number, as those of a loop. */
function ofNumber(state: RunState, text: string): TaskRecord | undefined {
  const found = [...state.tasks.values()].filter(({ number }) => String(number) === text);
  return found.length === 1 ? found[0] : undefined;
}
