import type { EventOf, JournalEvent } from '../../events/run-stream-events.ts';
import { taskOf } from './apply-task-event.ts';
import { replyOf } from './activities-of.ts';
import { inconsistentHistory } from './history-errors.ts';
import type { ActivityRecord, CallRecord, RunState, ReplyRecord } from './run-records.ts';
import { sumUsage } from '../../events/sum-usage.ts';

export type ActivityEvent = Extract<JournalEvent, { type: `${'activity' | 'call' | 'prompt' | 'reply' | 'request' | 'remote'}.${string}` }>;

/** Changes `state`. See `applyEvent`. */
export function applyActivityEvent(state: RunState, event: ActivityEvent): void {
  if (event.type === 'activity.started') {
    startActivity(state, event);
    return;
  }
  if (event.type === 'request.sent') {
    send(state, event);
    return;
  }
  const activity = state.activities.get(event.data.activity);
  if (activity === undefined) throw inconsistentHistory(event, `there is no activity "${event.data.activity}"`);
  if (event.type === 'activity.completed' || event.type === 'activity.failed') {
    endActivity(state, activity, event);
    return;
  }
  if (activity.kind !== 'reply') throw inconsistentHistory(event, `the activity "${activity.activity}" is no reply`);
  applyReplyEvent(state, activity, event);
}

type EndEvent = EventOf<'activity.completed'> | EventOf<'activity.failed'>;

/** Applies the progress of a reply. */
function applyReplyEvent(
  { sent }: RunState,
  reply: ReplyRecord,
  event: Exclude<ActivityEvent, EndEvent | EventOf<'activity.started'> | EventOf<'request.sent'>>,
): void {
  switch (event.type) {
    case 'call.started':
      startCall(reply, event.data, sent.length > 0);
      return;
    case 'call.priced': {
      const { activity: _, call: __, ...price } = event.data;
      callOf(reply, event).price = price;
      return;
    }
    case 'call.sent':
      callOf(reply, event).server = event.data.server;
      return;
    case 'call.ended':
      endCall(reply, event);
      return;
    case 'remote.accepted':
      reply.remoteTask = event.data.remoteTask;
      return;
    case 'remote.progress':
      return;
    case 'prompt.progress': {
      const { activity: _, ...progress } = event.data;
      reply.promptProgress = progress;
      return;
    }
    case 'reply.delta':
      // V8 keeps a string that grows like this as a tree of its pieces: appending is cheap however long it is.
      reply.text += event.data.text ?? '';
      reply.reasoning += event.data.reasoning ?? '';
      reply.replyProgress = { tokens: event.data.tokens, milliseconds: event.data.milliseconds };
      return;
    case 'reply.called': {
      const { activity: _, ...call } = event.data;
      reply.called = [...(reply.called ?? []), call];
      return;
    }
    case 'reply.cut': {
      const { activity: _, ...cut } = event.data;
      reply.text = reply.text.slice(0, cut.at);
      reply.cuts = [...(reply.cuts ?? []), cut];
      return;
    }
    case 'reply.judged':
      reply.judged = { path: event.data.path, problems: event.data.problems };
  }
}

function endActivity(state: RunState, activity: ActivityRecord, event: EndEvent): void {
  if (activity.kind !== event.data.kind) throw inconsistentHistory(event, `the activity "${activity.activity}" is of another kind`);
  activity.endedAt = event.time;
  if (event.type === 'activity.failed') {
    activity.status = 'failed';
    activity.error = event.data.error;
    if (activity.kind !== 'reply') return;
    activity.text = event.data.text ?? activity.text;
    // Such an error says that the task there has ended or is not known: it is not followed again.
    if (event.data.error.code.startsWith('remote.')) delete activity.remoteTask;
    return;
  }
  activity.status = 'completed';
  if (event.data.kind !== 'reply') {
    const { data } = event;
    Object.assign(activity, { result: data });
    // The result of a command is a check of the files.
    if (data.kind === 'command') state.checks.push({ ...data, task: activity.task, time: event.time, sequence: event.sequence });
    return;
  }
  if (activity.kind !== 'reply') return;
  activity.text = event.data.text;
  activity.reasoning = event.data.reasoning;
  activity.finishReason = event.data.finishReason;
  if (event.data.called === undefined) delete activity.called;
  else activity.called = event.data.called;
  // The calls know more: they include those before a crash.
  activity.usage ??= event.data.usage;
}

/** An activity that starts again under its id replaces the earlier record; a reply keeps what it has. */
function startActivity(state: RunState, event: EventOf<'activity.started'>): void {
  const { data } = event;
  const task = taskOf(state, event, data.task);
  const earlier = state.activities.get(data.activity);
  const life = { status: 'started' as const, startedAt: earlier?.startedAt ?? event.time };
  const record = data.kind === 'reply' ? { ...data, ...life, ...keptOf(earlier, data.message) } : { ...data, ...life };
  state.activities.set(data.activity, record);
  const place = earlier === undefined ? -1 : task.activities.indexOf(earlier);
  if (place === -1) task.activities.push(record);
  else task.activities[place] = record;
}

/** If it still answers the same message, a reply continues what was saved, and its earlier calls are kept. */
function keptOf(
  earlier: ActivityRecord | undefined,
  message: string,
): Pick<ReplyRecord, 'text' | 'reasoning' | 'calls' | 'cuts' | 'usage' | 'remoteTask'> {
  const begun = earlier?.kind === 'reply' ? earlier : undefined;
  const saved = begun?.message === message ? begun : undefined;
  return {
    text: saved?.text ?? '',
    reasoning: saved?.reasoning ?? '',
    calls: begun?.calls ?? [],
    ...(saved?.remoteTask === undefined ? {} : { remoteTask: saved.remoteTask }),
    ...(saved?.cuts === undefined ? {} : { cuts: saved.cuts }),
    ...(begun?.usage === undefined ? {} : { usage: begun.usage }),
  };
}

function startCall(activity: ReplyRecord, data: EventOf<'call.started'>['data'], isWatched: boolean): void {
  const { activity: _, ...call } = data;
  activity.calls.push(isWatched ? { ...call, isWatched } : call);
  delete activity.promptProgress;
  delete activity.called;
  // The call continues from here: what was saved beyond it is not part of the reply.
  if (call.continues < activity.text.length) activity.text = activity.text.slice(0, call.continues);
  if (call.continues === 0) activity.reasoning = '';
}

function send(state: RunState, { data: { activity, call, host, where, bytes } }: EventOf<'request.sent'>): void {
  const known = state.sent.find((sent) => sent.host === host && sent.where === where);
  if (known === undefined) state.sent.push({ host, where, requests: 1, bytes });
  else {
    known.requests += 1;
    known.bytes += bytes;
  }
  const made = replyOf(state, activity)?.calls.findLast((candidate) => candidate.call === call);
  if (made !== undefined) made.sentTo = { host, where };
}

function callOf(activity: ReplyRecord, event: EventOf<'call.sent'> | EventOf<'call.priced'> | EventOf<'call.ended'>): CallRecord {
  const call = activity.calls.findLast((candidate) => candidate.call === event.data.call);
  if (call === undefined) throw inconsistentHistory(event, `there is no call ${event.data.call} of "${activity.activity}"`);
  return call;
}

function endCall(activity: ReplyRecord, event: EventOf<'call.ended'>): void {
  const { finishReason, usage, error, refused } = event.data;
  const call = callOf(activity, event);
  call.finishReason = finishReason;
  if (refused !== undefined) call.refused = refused;
  if (error !== undefined) call.error = error;
  if (usage === undefined) return;
  call.usage = usage;
  activity.usage = sumUsage(activity.usage ?? {}, usage);
}
