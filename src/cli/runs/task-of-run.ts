import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';

/** @throws MultiagentError `run.unknown_task`, with the tasks there are. */
export function taskOfRun(state: RunState, task: string): TaskRecord {
  const found = state.tasks.get(task) ?? state.tasks.get(task.replaceAll('-', '_'));
  if (found !== undefined) return found;
  const nearest = nearestName(task, state.tasks.keys());
  throw new MultiagentError({
    code: 'run.unknown_task',
    message: `The run ${state.run} has no task "${task}".`,
    hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Its tasks: ${[...state.tasks.keys()].join(', ')}.`,
  });
}
