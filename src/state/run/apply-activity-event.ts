import type { EventOf, JournalEvent } from '../../events/run-stream-events.ts';
import { taskOf } from './apply-task-event.ts';
import { inconsistentHistory } from './history-errors.ts';
import type { ActivityRecord, CallRecord, RunState } from './run-records.ts';
import { sumUsage } from '../../events/sum-usage.ts';

export type ActivityEvent = Extract<JournalEvent, { type: `${'activity' | 'call' | 'prompt' | 'reply'}.${string}` }>;

/** Changes `state`. See `applyEvent`. */
export function applyActivityEvent(state: RunState, event: ActivityEvent): void {
  if (event.type === 'activity.started') {
    startActivity(state, event);
    return;
  }
  const activity = state.activities.get(event.data.activity);
  if (activity === undefined) throw inconsistentHistory(event, `there is no activity "${event.data.activity}"`);
  switch (event.type) {
    case 'call.started':
      startCall(activity, event.data);
      return;
    case 'call.sent':
      callOf(activity, event).server = event.data.server;
      return;
    case 'call.ended':
      endCall(activity, event);
      return;
    case 'prompt.progress': {
      const { activity: _, ...progress } = event.data;
      activity.promptProgress = progress;
      return;
    }
    case 'reply.delta':
      // V8 keeps a string that grows like this as a tree of its pieces: appending is cheap however long it is.
      activity.text += event.data.text ?? '';
      activity.reasoning += event.data.reasoning ?? '';
      activity.replyProgress = { tokens: event.data.tokens, milliseconds: event.data.milliseconds };
      return;
    case 'reply.cut': {
      const { activity: _, ...cut } = event.data;
      activity.text = activity.text.slice(0, cut.at);
      activity.cuts = [...(activity.cuts ?? []), cut];
      return;
    }
    case 'activity.completed':
      activity.status = 'completed';
      activity.endedAt = event.time;
      activity.text = event.data.text;
      activity.reasoning = event.data.reasoning;
      activity.finishReason = event.data.finishReason;
      // The calls know more: those before a crash are among them.
      activity.usage ??= event.data.usage;
      return;
    case 'reply.judged':
      activity.judged = { path: event.data.path, problems: event.data.problems };
      return;
    case 'activity.failed':
      activity.status = 'failed';
      activity.endedAt = event.time;
      activity.error = event.data.error;
      activity.text = event.data.text;
  }
}

/** An activity that starts once more under its id goes on from what was saved, if it is still the same message; the calls that were made are remembered. */
function startActivity(state: RunState, event: EventOf<'activity.started'>): void {
  const { kind: _, ...data } = event.data;
  const task = taskOf(state, event, data.task);
  const earlier = state.activities.get(data.activity);
  const saved = earlier?.message === data.message ? earlier : undefined;
  const record: ActivityRecord = {
    ...data,
    status: 'started',
    startedAt: earlier?.startedAt ?? event.time,
    text: saved?.text ?? '',
    reasoning: saved?.reasoning ?? '',
    calls: earlier?.calls ?? [],
    ...(saved?.cuts === undefined ? {} : { cuts: saved.cuts }),
    ...(earlier?.usage === undefined ? {} : { usage: earlier.usage }),
  };
  state.activities.set(data.activity, record);
  const place = earlier === undefined ? -1 : task.activities.indexOf(earlier);
  if (place === -1) task.activities.push(record);
  else task.activities[place] = record;
}

function startCall(activity: ActivityRecord, data: EventOf<'call.started'>['data']): void {
  const { activity: _, ...call } = data;
  activity.calls.push(call);
  delete activity.promptProgress;
  // The call goes on from here: what was saved beyond it is not part of the reply.
  if (call.continues < activity.text.length) activity.text = activity.text.slice(0, call.continues);
  if (call.continues === 0) activity.reasoning = '';
}

function callOf(activity: ActivityRecord, event: EventOf<'call.sent'> | EventOf<'call.ended'>): CallRecord {
  const call = activity.calls.findLast((candidate) => candidate.call === event.data.call);
  if (call === undefined) throw inconsistentHistory(event, `there is no call ${event.data.call} of "${activity.activity}"`);
  return call;
}

function endCall(activity: ActivityRecord, event: EventOf<'call.ended'>): void {
  const { finishReason, usage, error } = event.data;
  const call = callOf(activity, event);
  call.finishReason = finishReason;
  if (error !== undefined) call.error = error;
  if (usage === undefined) return;
  call.usage = usage;
  activity.usage = sumUsage(activity.usage ?? {}, usage);
}
