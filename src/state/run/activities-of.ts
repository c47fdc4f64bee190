import type { ActivityRecord, ReplyRecord, RunState, TaskRecord } from './run-records.ts';

/** The replies among the activities of a task, in order. */
export function repliesOf({ activities }: Pick<TaskRecord, 'activities'>): ReplyRecord[] {
  return activities.filter(isReply);
}

/** The reply with this id. Undefined if there is none. */
export function replyOf(state: Pick<RunState, 'activities'>, activity: string | undefined): ReplyRecord | undefined {
  const found = state.activities.get(activity ?? '');
  return found !== undefined && isReply(found) ? found : undefined;
}

export function isReply(activity: ActivityRecord): activity is ReplyRecord {
  return activity.kind === 'reply';
}
