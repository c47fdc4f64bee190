import { unknownTask } from '../../orchestrator/run/unknown-task.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';

/** A task as a person names it, with `-` or `_`. @throws MultiagentError `run.unknown_task`, with the tasks there are. */
export function taskOfRun(state: RunState, task: string): TaskRecord {
  const found = state.tasks.get(task) ?? state.tasks.get(task.replaceAll('-', '_'));
  if (found !== undefined) return found;
  throw unknownTask(state, task);
}
