import type { ReplyRecord, TaskRecord } from '../../state/run/run-state.ts';
import { repliesOf } from '../../state/run/activities-of.ts';

/** What a task was asked first, in its present try; undefined where it was asked nothing. */
export function firstAskedOf({ activities, superseded }: Pick<TaskRecord, 'activities' | 'superseded'>): ReplyRecord | undefined {
  return repliesOf({ activities: activities.slice(superseded) })[0];
}
