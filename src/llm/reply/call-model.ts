import { sumUsage } from '../../events/sum-usage.ts';
import type { FinishReason } from '../chat-model.ts';
import { withContinueTurn } from './continue-turn.ts';
import { ModelError } from '../model-error.ts';
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
  const prefilled = reply.continuation === 'prefill' && reply.text !== '';
  try {
    return await callOnce(options, reply);
  } catch (error) {
    if (!prefilled || !(error instanceof ModelError && error.code === 'model.bad_request')) throw error;
    reply.continuation = 'turn';
    return callOnce(options, reply);
  }
}

async function callOnce(options: WriteReplyOptions, reply: ReplyState): Promise<CallEnd> {
  const { model, sampling, finalCap, clock, onUpdate, signal } = options;
  const plannedCap = typeof options.plannedCap === 'function' ? await options.plannedCap(reply.text) : options.plannedCap;
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
  const sent = clock.now();
  let pieces = 0;
  let firstToken: number | undefined;
  let heldBackMilliseconds: number | undefined;
  const pieceArrived = () => {
    pieces += 1;
    firstToken ??= clock.now();
  };
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
          pieceArrived();
          await addText(repeated ? repeated.pass(part.text) : part.text);
          break;
        case 'reasoning':
          pieceArrived();
          reply.reasoning += part.text;
          await onUpdate(part);
          break;
        case 'sent':
          await onUpdate({ type: 'call_sent', call, server: part.server });
          break;
        case 'held_back':
          heldBackMilliseconds = part.milliseconds;
          break;
        case 'prompt_progress':
          await onUpdate(part);
          break;
        case 'end': {
          const { finishReason } = part;
          const usage = firstToken === undefined ? part.usage : { ...part.usage, firstTokenMilliseconds: Math.max(0, firstToken - sent) };
          await addText(repeated?.end() ?? '');
          reply.tokens += usage.replyTokens ?? pieces;
          reply.usage = sumUsage(reply.usage, usage);
          await onUpdate({ type: 'call_ended', call, finishReason, usage, heldBackMilliseconds });
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
      await onUpdate({ type: 'call_ended', call, finishReason: 'error', error, heldBackMilliseconds });
    }
    throw error;
  }
}
