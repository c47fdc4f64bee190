import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';

/** Code `run.unknown_task`, with the tasks there are. */
export function unknownTask({ run, tasks }: Pick<RunState, 'run' | 'tasks'>, task: string): MultiagentError {
  const nearest = nearestName(task, tasks.keys());
  return new MultiagentError({
    category: 'usage',
    code: 'run.unknown_task',
    message: `The run ${run} has no task "${task}".`,
    hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Its tasks: ${[...tasks.keys()].join(', ')}.`,
  });
}
