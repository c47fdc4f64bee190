import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';

/**
 * A task by its id, or by the number that stands before it wherever a run is shown.
 * @throws MultiagentError `run.unknown_task`, with the tasks there are.
 */
export function taskOfRun(state: RunState, task: string): TaskRecord {
  const found = state.tasks.get(task) ?? state.tasks.get(task.replaceAll('-', '_')) ?? ofNumber(state, task);
  if (found !== undefined) return found;
  const nearest = nearestName(task, state.tasks.keys());
  throw new MultiagentError({
    code: 'run.unknown_task',
    message: `The run ${state.run} has no task "${task}".`,
    hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Its tasks: ${[...state.tasks.keys()].join(', ')}.`,
  });
}

/** Nothing where several tasks have that number, as those of a loop. */
function ofNumber(state: RunState, text: string): TaskRecord | undefined {
  const found = [...state.tasks.values()].filter(({ number }) => String(number) === text);
  return found.length === 1 ? found[0] : undefined;
}
