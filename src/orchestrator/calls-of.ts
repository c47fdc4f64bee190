import type { TaskRecord } from '../state/run/run-state.ts';
import type { StepOptions } from './step-kind.ts';

/**
 * What the agent of a task may call, and how often. A model that does best with one sentence calls nothing, whatever its step says: with tools one of 1.5B had one of
 * eight runs right, and took a multiple of the time (docs/evaluation.md).
 */
export function callsOf({ run, task }: Pick<StepOptions, 'run' | 'task'>): TaskRecord['calls'] {
  return task.calls === undefined || run.modelOf(task).style.length === 'plain' ? undefined : task.calls;
}
