import type { ActivityKind } from '../../events/activities/activity-kind.ts';
import { activityKinds } from '../../events/activities/activity-kinds.ts';
import type { TurnMessage } from '../../events/content-part.ts';
import type { TurnEntry } from '../../events/task-events.ts';
import { replyOf } from './activities-of.ts';
import type { ReplyRecord, RunState, TaskRecord } from './run-records.ts';

/**
 * What a task adds to the transcripts of later tasks, byte for byte: usually its first message and its last reply, whole even if the epoch replaces it by a
 * digest. It includes the model's thoughts before a reply. Undefined for a task that is not completed or adds nothing.
 */
export function turnOf(task: string, state: RunState): TurnMessage[] | undefined {
  const messages = state.tasks.get(task)?.turn?.map((entry) => messageOf(entry, state));
  return messages?.every((message) => message !== undefined) ? messages : undefined;
}

/** The activity with the last reply of a turn, which is the one that counts. Undefined if there is none. */
export function replyOfTurn(turn: readonly TurnEntry[] | undefined, state: RunState): ReplyRecord | undefined {
  const last = turn?.at(-1);
  return last !== undefined && 'activity' in last ? replyOf(state, last.activity) : undefined;
}

/** The reply that counts for a task: what a person has made of it, where somebody has edited it. Undefined if there is none. */
export function textOfTask({ turn, edited = [] }: Pick<TaskRecord, 'turn' | 'edited'>, state: RunState): string | undefined {
  return edited.findLast(({ text }) => text !== undefined)?.text ?? replyOfTurn(turn, state)?.text;
}

function messageOf(entry: TurnEntry, state: RunState): TurnMessage | undefined {
  if ('content' in entry) return entry;
  const activity = state.activities.get(entry.activity);
  const kind: ActivityKind | undefined = activityKinds.find(({ name }) => name === activity?.kind);
  if (activity === undefined || kind?.content === undefined) return undefined;
  return { role: entry.role, content: kind.content({ ...activity, ...(activity.kind === 'reply' ? {} : activity.result) }, entry.role) };
}
