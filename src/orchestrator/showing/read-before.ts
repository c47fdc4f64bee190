import type { OtherActivityRecord, RunState } from '../../state/run/run-state.ts';

export type ReadRecord = Extract<OtherActivityRecord, { kind: 'read' }>;

/**
 * What a task was shown by reading it, up to one of its activities: a task that continues judges each of its replies by what had been read when it was written. All
 * that it was shown, where it has no such activity.
 */
export function readBefore(state: RunState, task: string, activity: string): ReadRecord[] {
  const record = state.tasks.get(task);
  if (record === undefined) return [];
  const own = record.activities.slice(record.superseded);
  const place = own.findIndex((one) => one.activity === activity);
  return (place === -1 ? own : own.slice(0, place)).filter((one) => one.kind === 'read');
}
