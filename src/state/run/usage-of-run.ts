import type { Usage } from '../../events/usage.ts';
import type { RunState, TaskRecord } from './run-records.ts';
import { repliesOf } from './activities-of.ts';
import { sumUsage } from '../../events/sum-usage.ts';

/** What all model calls of a run cost, also those whose reply failed or is not whole yet, and what was read before them. */
export function usageOfRun(state: RunState): Usage {
  // The prompt belongs to the calls: here only what was read of it, and how long that took.
  const { readTokens, promptMilliseconds } = state.prepared.usage;
  let sum: Usage = sumUsage({}, { readTokens, promptMilliseconds });
  for (const task of state.tasks.values()) sum = sumUsage(sum, usageOfTask(task));
  return sum;
}

/** What all model calls of one task cost, also those whose reply failed. */
export function usageOfTask(task: TaskRecord): Usage {
  return repliesOf(task).reduce<Usage>((sum, { usage }) => sumUsage(sum, usage ?? {}), {});
}

/** Milliseconds that a run took, or a task since it was last asked for, without the time in which the run stood still. Not negative where a clock was set back. */
export function timeWorked(
  { startedAt = 0, pausedMilliseconds }: Pick<RunState | TaskRecord, 'startedAt' | 'pausedMilliseconds'>,
  until: number,
): number {
  return Math.max(0, until - startedAt - pausedMilliseconds);
}
