import type { TaskRecord } from '../state/run/run-state.ts';
import { repliesOf } from '../state/run/activities-of.ts';
import type { StepOptions } from './step-kind.ts';

/**
 * What the agent of a task may call, and how often. A model that does best with one sentence calls nothing, whatever its step says: with tools one of 1.5B had one of
 * eight runs right, and took a multiple of the time (docs/evaluation.md).
 */
export function callsOf({ run, task }: Pick<StepOptions, 'run' | 'task'>): TaskRecord['calls'] {
  return task.calls === undefined || run.modelOf(task).style.length === 'plain' ? undefined : task.calls;
}

/**
 * Whether the agent of a task is told of its tools as natively called ones. A task that has begun stays with what its first message says, whatever is known of the model
 * since; the event `task.calls_in_text` changes what follows, and not that message.
 */
export function callsNatively({ run, task }: Pick<StepOptions, 'task'> & { run: Pick<StepOptions['run'], 'modelOf'> }): boolean {
  const { calls, style } = run.modelOf(task);
  if (task.calls === undefined || style.length === 'plain') return false;
  const [first] = repliesOf({ activities: task.activities.slice(task.superseded) });
  return first === undefined ? calls === 'native' : first.calling !== undefined;
}
