import type { RunState, TaskRecord } from './run-records.ts';

/** Milliseconds that a run took, or a task since it was last asked for, without the time in which the run stood still. Not negative where a clock was set back. */
export function timeWorked(
  { startedAt = 0, pausedMilliseconds }: Pick<RunState | TaskRecord, 'startedAt' | 'pausedMilliseconds'>,
  until: number,
): number {
  return Math.max(0, until - startedAt - pausedMilliseconds);
}
