import type { AgentReply } from '../../agents/task-session.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { type Sending, watchingRequests } from '../../llm/destinations/request-watch.ts';
import { ModelError } from '../../llm/model-error.ts';
import type { RemoteProgress, RemoteResult, RemoteTeam } from '../../llm/remote-team.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import { describeError } from '../../utils/describe-error.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import type { StepOptions } from '../step-kind.ts';

export interface RemoteReplyOptions {
  step: StepOptions;
  team: RemoteTeam;
  activity: string;
  /** The task's own message. */
  message: string;
  /** Tasks whose turns stand before it. */
  turns: string[];
  /** All that the team is told. */
  messages: readonly ChatMessage[];
}

/**
 * The reply of a team elsewhere to the message of a task, recorded like any other. What the journal has is not done again: a whole reply is answered from it, and a task
 * that the other server has taken up is followed, whether or not it went on meanwhile. One that has failed or was ended there, and one that is lost, is handed over anew.
 * @throws ModelError; the signal's reason, after which the task goes on there unless it is not wanted any more.
 */
export async function remoteReply(options: RemoteReplyOptions): Promise<AgentReply> {
  const { step, activity, message, turns } = options;
  const { run, task, assignment } = step;
  const { state } = run.journal;
  const earlier = replyOf(state, activity);
  if (earlier?.status === 'completed' && earlier.message === message)
    return { text: earlier.text, finishReason: earlier.finishReason ?? 'stop' };
  const known = earlier?.message === message ? earlier.remoteTask : undefined;
  const call = (earlier?.calls.length ?? 0) + 1;
  await assignment.record([
    { type: 'activity.started', data: { activity, task: task.task, kind: 'reply', message, turns, epoch: state.epoch.number } },
    { type: 'call.started', data: { activity, call, continues: 0 } },
  ]);
  try {
    // Of what stays on this machine what has a body is recorded, as with every call, and the first: whoever follows a task has told it before.
    let isFirst = true;
    const watch = async ({ host, where, bytes }: Sending) => {
      if (where === 'this_machine' && bytes === 0 && !isFirst) return;
      isFirst = false;
      await assignment.record([{ type: 'request.sent', data: { activity, call, host, where, bytes } }], 'normal');
    };
    const result = await watchingRequests(watch, () => work(options, known));
    const made = madeThere(result);
    if (made.length > 0)
      await assignment.record(
        [{ type: 'remote.progress', data: { activity, stage: 'MADE', message: `there, and not here: ${shorten(made.join('; '), 500)}` } }],
        'normal',
      );
    const text = withResources(result);
    const ended = { activity, call, finishReason: 'stop', usage: {} };
    await assignment.record([
      { type: 'call.ended', data: ended },
      { type: 'activity.completed', data: { activity, kind: 'reply', text, reasoning: '', finishReason: 'stop', usage: {} } },
    ]);
    return { text, finishReason: 'stop' };
  } catch (error) {
    const { signal } = assignment;
    if (error instanceof ModelError || isUnwanted(signal)) {
      const described = isUnwanted(signal) ? endedThere : describeError(error);
      await assignment.record([
        { type: 'call.ended', data: { activity, call, finishReason: 'error', error: described } },
        { type: 'activity.failed', data: { activity, kind: 'reply', error: described } },
      ]);
    }
    throw error;
  }
}

async function work({ step, team, activity, messages }: RemoteReplyOptions, known: string | undefined): Promise<RemoteResult> {
  const { record, signal } = step.assignment;
  const onProgress = (progress: RemoteProgress) => record([{ type: 'remote.progress', data: { activity, ...progress } }], 'normal');
  const following = { signal, onProgress };
  if (known !== undefined) {
    try {
      return await followed(team, known, following);
    } catch (error) {
      if (!(error instanceof ModelError && error.code === 'remote.unknown_task')) throw error;
      await onProgress({ message: `${printableLine(error.message)} It is handed over anew.` });
    }
  }
  const begun = await team.begin(messages, following);
  if ('result' in begun) return begun.result;
  await record([{ type: 'remote.accepted', data: { activity, remoteTask: begun.id } }]);
  return followed(team, begun.id, following);
}

async function followed(team: RemoteTeam, id: string, options: Parameters<RemoteTeam['follow']>[1]): Promise<RemoteResult> {
  try {
    return await team.follow(id, options);
  } catch (error) {
    // Whoever only stops for now finds it further on when it resumes.
    if (isUnwanted(options.signal)) await team.cancel(id);
    throw error;
  }
}

/** Of a reply that is not wanted any more. Whoever wants it again hands it over anew. */
const endedThere = { code: 'remote.ended', message: 'The server of the team was asked to end the task.' };

/** Whether a task is ended for good: its run was cancelled, or it took too long. */
function isUnwanted({ aborted, reason }: AbortSignal): boolean {
  const { code, name } = (reason ?? {}) as { code?: unknown; name?: unknown };
  return aborted && (code === 'run.cancelled' || name === 'TimeoutError');
}

/** What the team made and kept: names and no paths of this machine. Nothing of it is here. */
function madeThere({ created, address }: RemoteResult): string[] {
  const quoted = (name: string) => `\`${printableLine(name).replaceAll('`', "'")}\``;
  return [
    ...created.map(
      ({ type, name, path }) => `${printableLine(type)} ${quoted(name)}${path === undefined || path === name ? '' : `, ${quoted(path)}`}`,
    ),
    ...(address === undefined ? [] : [`to be used at ${quoted(address)}`]),
  ];
}

/** The text with what was made beside it, so that later steps know of it, too. */
function withResources(result: RemoteResult): string {
  const made = madeThere(result);
  if (made.length === 0) return result.text;
  const lines = made.map((one) => `- ${one}`).join('\n');
  return `${result.text.trimEnd()}\n\n## Made there, and not here\n\n${lines}\n`.trimStart();
}
