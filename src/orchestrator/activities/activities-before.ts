import type { ActivityRecord, RunState } from '../../state/run/run-state.ts';

/**
 * What a task has done up to one of its activities, since it was last begun anew: a task that continues judges each of its replies by what had been done when it was
 * written. All of it, where it has no such activity.
 */
export function activitiesBefore(state: Pick<RunState, 'tasks'>, task: string, activity: string): readonly ActivityRecord[] {
  const record = state.tasks.get(task);
  if (record === undefined) return [];
  const own = record.activities.slice(record.superseded);
  const place = own.findIndex((one) => one.activity === activity);
  return place === -1 ? own : own.slice(0, place);
}
