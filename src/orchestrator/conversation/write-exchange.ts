import type { AgentReply, AskOptions } from '../../agents/task-session.ts';
import type { FileBlock } from '../../files/file-blocks.ts';
import type { CallResult } from '../../events/native-call.ts';
import { watchingRequests } from '../../llm/destinations/request-watch.ts';
import { ModelError } from '../../llm/model-error.ts';
import type { ReplyCut, ReplyUpdate, WriteReplyOptions } from '../../llm/reply/reply-options.ts';
import { writeReply } from '../../llm/reply/write-reply.ts';
import type { ReplyRecord } from '../../state/run/run-state.ts';
import { describeError } from '../../utils/describe-error.ts';
import type { ReplyLimits, RoleModel, RunContext } from '../run-context.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { ReplyBudget } from './reply-budget.ts';
import { replyPlanOf } from './reply-plan-of.ts';
import { ReplyRecorder } from './reply-recorder.ts';
import type { Prompt } from './prompt-of.ts';
import type { TaskWriter } from './task-writer.ts';

export interface WriteExchangeOptions {
  run: RunContext;
  assignment: TaskAssignment;
  /** Who writes; something may come to stand in for it. */
  writer: TaskWriter;
  activity: string;
  message: string;
  /** What stands before it: what native calls say. */
  results: readonly CallResult[] | undefined;
  /** What the journal has of this exchange, if it was cut off. */
  saved: ReplyRecord | undefined;
  /** Tasks whose turns stand before the message. */
  turns: string[];
  /** What is sent to a model. */
  promptFor: (role: RoleModel) => Prompt;
  /** From here on it offers no tools. */
  callInText: (why: string) => Promise<void>;
  asked: AskOptions;
}

/**
 * One message of a task and the whole reply to it, recorded as it arrives. Before each call it is worked out how much may still come, and where a model is lost
 * another goes on.
 * @throws ModelError where none does; the reason of a signal. What has arrived by then is kept.
 */
export async function writeExchange(options: WriteExchangeOptions): Promise<AgentReply> {
  const { run, assignment, writer, activity, message, results, saved, turns, promptFor, callInText, asked } = options;
  const { timeoutMilliseconds, before, sampling: otherwise, begins = '', plannedTokens = Infinity, holds, mostCuts, schema } = asked;
  const signal =
    timeoutMilliseconds === undefined ? assignment.signal : AbortSignal.any([assignment.signal, AbortSignal.timeout(timeoutMilliseconds)]);
  const recorder = new ReplyRecorder({ activity, record: assignment.record, now: () => run.clock.now() });
  let text = saved?.text ?? '';
  const earlier = earlierOf(saved);
  let arriving = run.files.followReply();
  beginChecks(run, arriving.feed(text));

  await writer.begin();
  const prepare = () => {
    const { role } = writer;
    const limits = limitsFor(options, role);
    const { chatTemplateKwargs } = limits.sampling;
    const { tools, calling, messagesFor } = promptFor(role);
    const budget = new ReplyBudget({ run, role, assignment, turns, tools, messagesFor, chatTemplateKwargs, signal });
    return { model: role.model, tools, calling, messagesFor, limits, budget };
  };
  let now = prepare();
  // Where the length of one reply is planned, one call may take all that it may have: after a call that ends at its planned length the server reads again what it
  // has just written, from the first token on that is none of the text's own.
  const capFor = (written: string) => now.budget.capFor(written);
  const replyCap = Math.min(plannedTokens, (await capFor(text)) ?? Infinity);
  const started = {
    activity,
    task: assignment.task,
    kind: 'reply' as const,
    message,
    turns,
    epoch: run.journal.state.epoch.number,
    replyCap: Number.isFinite(replyCap) ? replyCap : undefined,
    before,
    results: results && [...results],
    calling: now.calling,
    sampling: otherwise && { ...otherwise },
  };
  recorder.begin({ type: 'activity.started', data: started });
  if (text === '' && begins !== '') {
    // Of the reply like what the model writes: whoever goes on with it after a crash goes on from there.
    text = begins;
    beginChecks(run, arriving.feed(begins));
    await recorder.update({ type: 'text', text: begins });
    await recorder.flush();
  }
  const onUpdate = async (update: ReplyUpdate) => {
    const arrived = update.type === 'text' ? arriving.feed(update.text) : [];
    if (update.type === 'text') text += update.text;
    if (update.type === 'cut') {
      text = text.slice(0, update.at);
      arriving = run.files.followReply();
      arriving.feed(text);
      earlier.cuts.push(update);
    }
    if (update.type === 'call_ended') {
      if (update.finishReason === 'length') earlier.lengthEnds += 1;
      run.callRetries.callEnded(
        assignment.task,
        update.error === undefined || update.finishReason === 'unreadable_call' ? 'succeeded' : 'failed',
      );
      now.budget.learn(update.usage?.promptTokens);
      if (update.error === undefined) writer.succeeded();
    }
    await recorder.update(update);
    beginChecks(run, arrived);
    // The recorder keeps what ends with a fence at once; other files that are whole are kept here.
    if (arrived.length > 0) await recorder.flush();
  };
  const write = (call: WriteReplyOptions) =>
    watchingRequests(
      (sending) => recorder.sending(sending),
      () => writeReply(call),
    );
  try {
    for (;;) {
      try {
        const reply = await write({
          model: now.model,
          owner: `${run.run}/${assignment.task}`,
          messagesFor: now.messagesFor,
          tools: now.tools,
          saved: text,
          earlier,
          ...now.limits,
          plan: replyPlanOf(run, assignment.task, { plannedTokens, holds }),
          plannedCap: capFor,
          mostCuts,
          format: schema && { name: 'reply', schema },
          retries: () => writer.retries,
          retryDelayMilliseconds: run.retryDelayMilliseconds,
          clock: run.clock,
          signal,
          onUpdate,
        });
        const { reasoning, finishReason, usage } = reply;
        const called =
          reply.called.length === 0 ? undefined : reply.called.map(({ id, name, arguments: said }) => ({ id, name, arguments: said }));
        await recorder.end({
          type: 'activity.completed',
          data: { activity, kind: 'reply', text: reply.text, reasoning, called, finishReason, usage },
        });
        return { text: reply.text, finishReason, called };
      } catch (error) {
        if (error instanceof ModelError && error.kind === 'overflow' && (await now.budget.cutAfter(error))) continue;
        await recorder.flush();
        if (error instanceof ModelError && error.code === 'model.tools_refused' && now.tools !== undefined)
          await callInText(error.message.replace(/\.$/, ''));
        else await writer.standIn(error);
        now = prepare();
      }
    }
  } catch (error) {
    await recorder.flush();
    if (!assignment.signal.aborted)
      await assignment.record([{ type: 'activity.failed', data: { activity, kind: 'reply', error: describeError(error), text } }]);
    throw error;
  }
}

/** Checks files of a reply that is still arriving, so that the findings are ready when the files are written. */
function beginChecks({ fileCheck, checks }: RunContext, blocks: FileBlock[][]): void {
  if (fileCheck === 'off') return;
  for (const file of blocks.flat()) if (file.change.kind === 'whole') void checks.begin(file);
}

/** Keys in data repeat naturally. */
const mayRepeat = { dryMultiplier: undefined, repeatPenalty: undefined };

function limitsFor({ run, assignment, asked }: WriteExchangeOptions, role: RoleModel): ReplyLimits {
  const { taskType = '', expects = 'text', sampling: ofTask } = run.journal.state.tasks.get(assignment.task) ?? {};
  const { sampling, finalCap } = role.limitsOf({ taskType, expects, sampling: ofTask });
  const stop = [...(sampling.stop ?? []), ...(asked.stop ?? [])];
  return { finalCap, sampling: { ...sampling, ...(asked.schema && mayRepeat), ...asked.sampling, ...(stop.length > 0 ? { stop } : {}) } };
}

/** What came of a reply before, for the calls that go on with it. */
function earlierOf(record: ReplyRecord | undefined): { cuts: ReplyCut[]; lengthEnds: number } {
  const { cuts = [], calls = [] } = record ?? {};
  return { cuts: [...cuts], lengthEnds: calls.filter(({ finishReason }) => finishReason === 'length').length };
}
