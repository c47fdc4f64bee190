import pRetry from 'p-retry';
import type { Usage } from '../events/usage.ts';
import type { Clock } from '../utils/clock.ts';
import type { ChatMessage, ChatModel, FinishReason, Sampling } from './chat-model.ts';
import { ModelError } from './model-error.ts';
import { sumUsage } from '../events/sum-usage.ts';

export interface Reply {
  /** The whole reply, from its first character, also where its beginning was saved earlier. */
  text: string;
  reasoning: string;
  /** `length`: a cap that a person or the model's profile set has cut it; it is incomplete. */
  finishReason: FinishReason;
  usage: Usage;
}

/** What happens on the way. Text pieces in order, after the saved beginning, are the reply. */
export type ReplyUpdate =
  | { type: 'call_started'; call: number; continues: number }
  | { type: 'call_ended'; call: number; finishReason: FinishReason; usage?: Usage; error?: ModelError }
  | { type: 'prompt_progress'; processed: number; total: number; cached: number }
  | { type: 'text' | 'reasoning'; text: string };

export interface WriteReplyOptions {
  model: ChatModel;
  /** The messages of the call for this beginning of the reply (empty: none yet). */
  messagesFor: (saved: string) => ChatMessage[];
  /** The beginning of the reply, where an earlier attempt was cut off. */
  saved?: string | undefined;
  sampling: Sampling;
  /** For one call. Reaching it means that the reply is continued. */
  plannedCap?: number | undefined;
  /** Set by a person or the model's profile, for the whole reply. Reaching it is final. */
  finalCap?: number | undefined;
  /** How often a call is repeated after a transient error. */
  retries: number;
  /** Before the first repetition; doubles each time. */
  retryDelayMilliseconds?: number | undefined;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** Awaited, so that what arrived is safe before more is taken. */
  onUpdate: (update: ReplyUpdate) => void | Promise<void>;
}

const mostContinuations = 3;

/**
 * Gets one whole reply over as many calls as that takes: after a transient error or a planned cap it is continued from the text that has arrived,
 * never begun again.
 * @throws ModelError, once the retries are used up or at once where repeating cannot help. What arrived was handed to `onUpdate`.
 */
export async function writeReply(options: WriteReplyOptions): Promise<Reply> {
  const reply: Reply = { text: options.saved ?? '', reasoning: '', finishReason: 'stop', usage: {} };
  const progress = { call: 0, tokens: 0 };
  for (let continuation = 0; ; continuation += 1) {
    const before = reply.text.length;
    const finishReason = await callWithRetries(options, reply, progress);
    const capReached = options.finalCap !== undefined && progress.tokens >= options.finalCap;
    const stuck = reply.text.length === before || continuation === mostContinuations || !options.model.capabilities.continuesReplies;
    if (finishReason !== 'length' || capReached || stuck) return { ...reply, finishReason };
  }
}

async function callWithRetries(
  options: WriteReplyOptions,
  reply: Reply,
  progress: { call: number; tokens: number },
): Promise<FinishReason> {
  return pRetry(() => callOnce(options, reply, progress), {
    retries: options.retries,
    minTimeout: options.retryDelayMilliseconds ?? 1000,
    factor: 2,
    ...(options.signal ? { signal: options.signal } : {}),
    shouldRetry: ({ error }) => error instanceof ModelError && error.kind === 'transient',
    onFailedAttempt: async ({ error }) => {
      if (error instanceof ModelError && error.retryAfter !== undefined) await options.clock.sleep(error.retryAfter, options.signal);
    },
  });
}

async function callOnce(options: WriteReplyOptions, reply: Reply, progress: { call: number; tokens: number }): Promise<FinishReason> {
  const { model, finalCap, plannedCap, onUpdate, signal } = options;
  const call = (progress.call += 1);
  const left = finalCap === undefined ? undefined : Math.max(1, finalCap - progress.tokens);
  const maxTokens = left === undefined ? plannedCap : Math.min(left, plannedCap ?? left);
  await onUpdate({ type: 'call_started', call, continues: reply.text.length });
  let pieces = 0;
  try {
    const request = { messages: options.messagesFor(reply.text), sampling: options.sampling, maxTokens, signal };
    for await (const part of model.stream(request)) {
      switch (part.type) {
        case 'text':
        case 'reasoning':
          pieces += 1;
          if (part.type === 'text') reply.text += part.text;
          else reply.reasoning += part.text;
          await onUpdate(part);
          break;
        case 'prompt_progress':
          await onUpdate(part);
          break;
        case 'end':
          progress.tokens += part.usage.replyTokens ?? pieces;
          reply.usage = sumUsage(reply.usage, part.usage);
          await onUpdate({ type: 'call_ended', call, finishReason: part.finishReason, usage: part.usage });
          return part.finishReason;
      }
    }
    throw new Error('a chat model must end its stream with a part of type "end"');
  } catch (error) {
    if (error instanceof ModelError) {
      progress.tokens += pieces;
      await onUpdate({ type: 'call_ended', call, finishReason: 'error', error });
    }
    throw error;
  }
}
