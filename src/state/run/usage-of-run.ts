import type { Usage } from '../../events/usage.ts';
import type { RunState, TaskRecord } from './run-records.ts';
import { repliesOf } from './activities-of.ts';
import { sumUsage } from '../../events/sum-usage.ts';

/** The cost of all model calls of a run, including those whose reply failed or is not complete, and of what was read ahead. */
export function usageOfRun(state: RunState): Usage {
  // The prompt belongs to the calls. Here only what was read counts, and how long that took.
  const { readTokens, promptMilliseconds } = state.prepared.usage;
  let sum: Usage = sumUsage({}, { readTokens, promptMilliseconds });
  for (const task of state.tasks.values()) sum = sumUsage(sum, usageOfTask(task));
  return sum;
}

/** The cost of all model calls of one task, including those whose reply failed. */
export function usageOfTask(task: TaskRecord): Usage {
  return repliesOf(task).reduce<Usage>((sum, { usage }) => sumUsage(sum, usage ?? {}), {});
}

/**
 * Milliseconds that a run took, or a task since it was last requested, without the time during which the run was paused. Never negative, even if a clock was
 * set back.
 */
export function timeWorked(
  { startedAt = 0, pausedMilliseconds }: Pick<RunState | TaskRecord, 'startedAt' | 'pausedMilliseconds'>,
  until: number,
): number {
  return Math.max(0, until - startedAt - pausedMilliseconds);
}
