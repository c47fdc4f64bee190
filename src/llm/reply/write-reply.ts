import pRetry from 'p-retry';
import type { Usage } from '../../events/usage.ts';
import { callModel, type CallEnd } from './call-model.ts';
import type { FinishReason } from '../chat-model.ts';
import { endsInLoop } from './ends-in-loop.ts';
import { ModelError } from '../model-error.ts';
import type { WriteReplyOptions } from './reply-options.ts';
import { beginReply, type ReplyState } from './reply-state.ts';

export type { ReplyUpdate, WriteReplyOptions } from './reply-options.ts';

export interface Reply {
  /** The whole reply, from its first character, also where its beginning was saved earlier. */
  text: string;
  reasoning: string;
  /** All but `stop` mean that it is incomplete. `length`: a cap that a person or the model's profile set has cut it. */
  finishReason: FinishReason;
  usage: Usage;
}

const mostContinuations = 3;

/**
 * Gets one whole reply over as many calls as that takes: after a transient error or a planned cap it is continued from the text that has arrived,
 * never begun again. It is not continued where that brought nothing, nor where its end only repeats itself.
 * @throws ModelError, once the retries are used up or at once where repeating cannot help; the signal's reason when it is aborted. What arrived was
 * handed to `onUpdate`.
 */
export async function writeReply(options: WriteReplyOptions): Promise<Reply> {
  const state = await beginReply(options);
  const reply = (finishReason: FinishReason): Reply => ({
    text: state.text,
    reasoning: state.reasoning,
    finishReason,
    usage: state.usage,
  });
  if (state.tokens > 0 && state.tokens >= (options.finalCap ?? Infinity)) return reply('length');
  for (let continuation = 0; ; continuation += 1) {
    const before = state.text.length;
    const end = await callWithRetries(options, state);
    if (end.type === 'done') return reply(end.finishReason);
    if (endsInLoop(state.text)) return reply('repetition');
    if (state.text.length === before || continuation === mostContinuations) return reply('unfinished');
  }
}

async function callWithRetries(options: WriteReplyOptions, state: ReplyState): Promise<CallEnd> {
  const { retries, retryDelayMilliseconds = 1000, clock, signal } = options;
  return pRetry(() => callSomewhere(options, state), {
    retries,
    minTimeout: retryDelayMilliseconds,
    factor: 2,
    ...(signal ? { signal } : {}),
    shouldRetry: ({ error }) => isTransient(error),
    onFailedAttempt: async ({ error, retriesLeft }) => {
      if (retriesLeft > 0 && isTransient(error) && error.retryAfter !== undefined) await clock.sleep(error.retryAfter, signal);
    },
  });
}

/** What one server loses another takes over at once: that costs no wait and no retry. */
async function callSomewhere(options: WriteReplyOptions, state: ReplyState): Promise<CallEnd> {
  for (;;) {
    try {
      return await callModel(options, state);
    } catch (error) {
      if (!(error instanceof ModelError && error.elsewhere !== undefined)) throw error;
      options.signal?.throwIfAborted();
    }
  }
}

function isTransient(error: unknown): error is ModelError {
  return error instanceof ModelError && error.kind === 'transient';
}
