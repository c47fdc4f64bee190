import { sumUsage } from '../../events/sum-usage.ts';
import type { Usage } from '../../events/usage.ts';
import { estimateTokens } from '../budget/estimate-tokens.ts';
import type { ChatStreamPart, FinishReason } from '../chat-model.ts';
import { withContinueTurn, otherSampling } from './continue-turn.ts';
import { ModelError } from '../model-error.ts';
import { RepeatedEnd } from './repeated-end.ts';
import { mostOfCall, mostTextTokens, mostTokens } from './reply-plan.ts';
import type { WriteReplyOptions } from './reply-options.ts';
import { RunawayDetector } from './runaway/runaway-detector.ts';
import { cutRunaway, type ReplyState, takeThoughts } from './reply-state.ts';

/**
 * `cut`: the planned cap, the server or the context ended the call before the end of the reply. `ran_away`: the call was aborted because the reply only
 * repeated itself; the repetition is taken back.
 */
export type CallEnd = { type: 'done'; finishReason: FinishReason } | { type: 'cut' } | { type: 'ran_away' };

/**
 * Makes one call and adds its text to the reply. If a server refuses to continue a text, a turn asks for the rest, now and for the rest of this reply.
 * @throws ModelError; what has arrived by then stays in the reply.
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
  const { model, finalCap, plan, clock, onUpdate, signal } = options;
  const plannedCap = typeof options.plannedCap === 'function' ? await options.plannedCap(reply.text) : options.plannedCap;
  const call = (reply.call += 1);
  const left = finalCap === undefined ? Infinity : Math.max(1, finalCap - reply.tokens);
  const limit = Math.min(left, plannedCap ?? Infinity, Math.max(1, mostTokens(plan) - reply.tokens));
  const asksForRest = reply.continuation === 'turn' && reply.text !== '';
  const repeated = asksForRest ? new RepeatedEnd(reply.text) : undefined;
  const messages = options.messagesFor(reply.text);
  await onUpdate({ type: 'call_started', call, continues: reply.text.length });
  const addText = async (text: string) => {
    if (text === '') return;
    reply.text += text;
    reply.textTokens += tokensOfPiece(text);
    reply.detector.feed(text);
    await onUpdate({ type: 'text', text });
  };
  const sent = clock.now();
  let pieces = 0;
  let written = 0;
  reply.thoughts = new RunawayDetector();
  reply.called = [];
  let firstToken: number | undefined;
  let progress: Progress | undefined;
  let heldBackMilliseconds: number | undefined;
  let brokenBy: Extract<ChatStreamPart, { type: 'broken_off' }> | undefined;
  let characters = 0;
  const pieceArrived = (text: string) => {
    pieces += 1;
    characters += text.length;
    firstToken ??= clock.now();
  };
  const timed = (usage: Usage): Usage =>
    firstToken === undefined ? usage : { ...usage, firstTokenMilliseconds: Math.max(0, firstToken - sent) };
  const ended = async (finishReason: FinishReason, usage: Usage) => {
    reply.tokens += usage.replyTokens ?? pieces;
    reply.usage = sumUsage(reply.usage, usage);
    await onUpdate({ type: 'call_ended', call, finishReason, usage, heldBackMilliseconds });
  };
  try {
    const request = {
      messages: asksForRest ? withContinueTurn(messages, reply.cuts.at(-1)?.at === reply.text.length ? 'repetition' : 'cut_off') : messages,
      sampling: reply.cuts.length === 0 ? options.sampling : otherSampling(options.sampling, reply.cuts.length),
      maxTokens: Number.isFinite(limit) ? limit : undefined,
      format: reply.text === '' ? options.format : undefined,
      tools: options.tools,
      owner: options.owner,
      signal,
    };
    for await (const part of model.stream(request)) {
      switch (part.type) {
        case 'text':
          pieceArrived(part.text);
          written += tokensOfPiece(part.text);
          await addText(repeated ? repeated.pass(part.text) : part.text);
          break;
        case 'reasoning':
          pieceArrived(part.text);
          written += tokensOfPiece(part.text);
          reply.reasoning += part.text;
          // Thoughts go through cases one by one and draft data. Only word-for-word repetition is a loop.
          if (reply.thoughts.feed(part.text)?.why === 'counting') reply.thoughts = new RunawayDetector();
          await onUpdate(part);
          break;
        case 'tool_call':
          pieceArrived(part.arguments);
          reply.called.push(part);
          await onUpdate(part);
          break;
        case 'thoughts_ended':
          await takeThoughts(options, reply);
          break;
        case 'sent':
          await onUpdate({ type: 'call_sent', call, server: part.server });
          break;
        case 'limited':
          await onUpdate({ type: 'call_limited', call, provider: part.provider, milliseconds: part.milliseconds });
          break;
        case 'waits_for_budget':
          await onUpdate({ type: 'call_waits_for_budget', call });
          break;
        case 'priced': {
          const { type: _, ...price } = part;
          await onUpdate({ type: 'call_priced', call, price });
          break;
        }
        case 'broken_off':
          brokenBy = part;
          break;
        case 'held_back':
          heldBackMilliseconds = part.milliseconds;
          break;
        case 'prompt_progress':
          progress = part;
          await onUpdate(part);
          break;
        case 'end': {
          const { finishReason } = part;
          await addText(repeated?.end() ?? '');
          await ended(finishReason, timed(part.usage));
          // If tokens were not counted, a piece may be several. Then the cap that was sent decides.
          const capReached =
            finalCap !== undefined && (reply.tokens >= finalCap || (part.usage.replyTokens === undefined && limit === left));
          return finishReason === 'length' && !capReached ? { type: 'cut' } : { type: 'done', finishReason };
        }
      }
      // Leaving the stream closes the connection, which frees the slot.
      if (await cutRunaway(options, reply)) {
        await ended('repetition', timed(brokenOff(progress, pieces)));
        return { type: 'ran_away' };
      }
      if (isBeyond(limit, pieces, characters)) {
        await ended('length', timed(brokenOff(progress, pieces)));
        return limit === left ? { type: 'done', finishReason: 'length' } : { type: 'cut' };
      }
      if (reply.textTokens >= mostTextTokens(plan) || written >= mostOfCall) {
        await ended('planned_length', timed(brokenOff(progress, pieces)));
        return { type: 'done', finishReason: 'planned_length' };
      }
    }
    throw new Error('a chat model must end its stream with a part of type "end"');
  } catch (error) {
    if (error instanceof ModelError) {
      reply.tokens += pieces;
      // What it has written so far is whole; what it was about to call, nobody knows.
      const isUnreadable = error.code === 'model.call_unreadable';
      const taken = brokenBy && (brokenBy.refused ? { refused: brokenBy.refused } : { usage: brokenBy.usage });
      await onUpdate({
        type: 'call_ended',
        call,
        finishReason: isUnreadable ? 'unreadable_call' : 'error',
        error,
        heldBackMilliseconds,
        ...taken,
      });
      if (isUnreadable) return { type: 'done', finishReason: 'unreadable_call' };
    }
    throw error;
  }
}

/** Whether a server writes more than any reply of so many tokens could have: it ignores the cap. */
function isBeyond(limit: number, pieces: number, characters: number): boolean {
  return pieces > 2 * limit + 256 || characters > 64 * limit + 65_536;
}

type Progress = Extract<ChatStreamPart, { type: 'prompt_progress' }>;

/** The usage of a call that we ended ourselves, as far as it is known. */
function brokenOff(progress: Progress | undefined, replyTokens: number): Usage {
  if (progress === undefined || progress.processed < progress.total) return { replyTokens };
  const { total: promptTokens, cached: cachedTokens } = progress;
  return { promptTokens, cachedTokens, readTokens: promptTokens - cachedTokens, replyTokens };
}

/** Most servers send one token at a time; a longer piece is several. */
function tokensOfPiece(text: string): number {
  return text.length <= 16 ? 1 : estimateTokens(text);
}
