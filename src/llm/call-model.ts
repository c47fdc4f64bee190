import { sumUsage } from '../events/sum-usage.ts';
import type { FinishReason } from './chat-model.ts';
import { withContinueTurn } from './continue-turn.ts';
import { ModelError } from './model-error.ts';
import { RepeatedEnd } from './repeated-end.ts';
import type { WriteReplyOptions } from './reply-options.ts';
import type { ReplyState } from './reply-state.ts';

/** `cut`: the planned cap, the server or the context has ended the call before the reply did. */
export type CallEnd = { type: 'done'; finishReason: FinishReason } | { type: 'cut' };

/**
 * Makes one call, which adds to the reply what it brings. A server that refuses to continue a text is asked for the rest by a turn, now and for the
 * rest of this reply.
 * @throws ModelError; what arrived before it stays in the reply.
 */
export async function callModel(options: WriteReplyOptions, reply: ReplyState): Promise<CallEnd> {
  try {
    return await callOnce(options, reply);
  } catch (error) {
    const prefilled = reply.continuation === 'prefill' && reply.text !== '';
    if (!prefilled || !(error instanceof ModelError && error.code === 'model.bad_request')) throw error;
    reply.continuation = 'turn';
    return callOnce(options, reply);
  }
}

async function callOnce(options: WriteReplyOptions, reply: ReplyState): Promise<CallEnd> {
  const { model, sampling, finalCap, plannedCap, onUpdate, signal } = options;
  const call = (reply.call += 1);
  const left = finalCap === undefined ? Number.POSITIVE_INFINITY : Math.max(1, finalCap - reply.tokens);
  const limit = Math.min(left, plannedCap ?? Number.POSITIVE_INFINITY);
  const asksForRest = reply.continuation === 'turn' && reply.text !== '';
  const repeated = asksForRest ? new RepeatedEnd(reply.text) : undefined;
  const messages = options.messagesFor(reply.text);
  await onUpdate({ type: 'call_started', call, continues: reply.text.length });
  const addText = async (text: string) => {
    if (text === '') return;
    reply.text += text;
    await onUpdate({ type: 'text', text });
  };
  let pieces = 0;
  try {
    const request = {
      messages: asksForRest ? withContinueTurn(messages) : messages,
      sampling,
      maxTokens: Number.isFinite(limit) ? limit : undefined,
      signal,
    };
    for await (const part of model.stream(request)) {
      switch (part.type) {
        case 'text':
          pieces += 1;
          await addText(repeated ? repeated.pass(part.text) : part.text);
          break;
        case 'reasoning':
          pieces += 1;
          reply.reasoning += part.text;
          await onUpdate(part);
          break;
        case 'prompt_progress':
          await onUpdate(part);
          break;
        case 'end': {
          const { finishReason, usage } = part;
          await addText(repeated?.end() ?? '');
          reply.tokens += usage.replyTokens ?? pieces;
          reply.usage = sumUsage(reply.usage, usage);
          await onUpdate({ type: 'call_ended', call, finishReason, usage });
          // Where tokens were not counted, a piece may be several: then the cap that was sent tells.
          const capReached = finalCap !== undefined && (reply.tokens >= finalCap || (usage.replyTokens === undefined && limit === left));
          return finishReason === 'length' && !capReached ? { type: 'cut' } : { type: 'done', finishReason };
        }
      }
    }
    throw new Error('a chat model must end its stream with a part of type "end"');
  } catch (error) {
    if (error instanceof ModelError) {
      reply.tokens += pieces;
      await onUpdate({ type: 'call_ended', call, finishReason: 'error', error });
    }
    throw error;
  }
}
