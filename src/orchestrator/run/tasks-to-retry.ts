import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { descendantsOf } from '../task-graph.ts';
import { unknownTask } from './unknown-task.ts';

/**
 * A task and what was done after it on its ground, later ones first, so that none stands while what it rests on is open.
 * @param wanted Undefined: whatever failed or was cancelled.
 * @throws MultiagentError `run.unknown_task`, `run.nothing_failed`.
 */
export function tasksToRetry(state: RunState, wanted: string | undefined): TaskRecord[] {
  const tasks = [...state.tasks.values()];
  if (wanted !== undefined && !state.tasks.has(wanted)) throw unknownTask(state, wanted);
  const roots =
    wanted === undefined
      ? tasks.filter(({ status }) => status === 'failed' || status === 'cancelled').map(({ task }) => task)
      : tasks.map(({ task }) => task).filter((task) => task === wanted || task.startsWith(`${wanted}/`));
  if (roots.length === 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'run.nothing_failed',
      message: `No task of the run ${state.run} has failed.`,
      hint: `Name the task that is to be done again: multiagent retry ${state.run} <task>.`,
    });
  }
  const wide = new Set([...roots, ...descendantsOf(roots, tasks)]);
  return tasks.filter(({ task, status }) => wide.has(task) && status !== 'pending').toReversed();
}
