import pRetry from 'p-retry';
import type { Usage } from '../../events/usage.ts';
import { callModel, type CallEnd } from './call-model.ts';
import type { CallPart, FinishReason } from '../chat-model.ts';
import { ModelError } from '../model-error.ts';
import type { ReplyCut, WriteReplyOptions } from './reply-options.ts';
import { mostContinuations, mostTextTokens, mostTokens } from './reply-plan.ts';
import { beginReply, cutRunaway, type ReplyState } from './reply-state.ts';
import { closeFences } from './runaway/fence-lines.ts';

export type { ReplyUpdate, WriteReplyOptions } from './reply-options.ts';

export interface Reply {
  /** The whole reply from its first character, even if its beginning was saved earlier. */
  text: string;
  reasoning: string;
  /** What it calls natively, in order. */
  called: readonly CallPart[];
  /** All but `stop` mean that it is incomplete. `length`: it reached a cap set by a person or by the model's profile. */
  finishReason: FinishReason;
  /** Where it began to repeat itself and was cut back, in order. */
  cuts: readonly ReplyCut[];
  usage: Usage;
}

/** The longest delay between two tries, in milliseconds, unless the server asks for another one. */
const longestDelay = 60_000;

/**
 * Gets one whole reply in as many calls as it takes. After a transient error or a planned cap it is continued from the text that has arrived, never started
 * again. A reply that repeats itself is cut back, while it arrives, to where that began, and continued with other sampling, at most `mostCuts` times. It is not
 * continued if that added nothing, nor beyond its planned length.
 * @throws ModelError, once the retries are used up, or at once if repeating cannot help; the signal's reason when it is aborted. `onUpdate` has received what
 * arrived.
 */
export async function writeReply(options: WriteReplyOptions): Promise<Reply> {
  const state = await beginReply(options);
  const finishReason = await write(options, state);
  if (options.plan?.kind === 'text' && (finishReason === 'repetition' || finishReason === 'planned_length')) {
    // Taken as it is: an open block must not swallow what comes after it.
    const text = closeFences(state.text);
    state.text += text;
    if (text !== '') await options.onUpdate({ type: 'text', text });
  }
  const { text, reasoning, called, usage, cuts } = state;
  return { text, reasoning, called, finishReason, usage, cuts };
}

async function write(options: WriteReplyOptions, state: ReplyState): Promise<FinishReason> {
  const { plan, finalCap = Infinity, mostCuts = 2 } = options;
  for (let lengthEnds = options.earlier?.lengthEnds ?? 0; ;) {
    await cutRunaway(options, state);
    if (state.cuts.length > mostCuts) return 'repetition';
    if (state.tokens > 0 && state.tokens >= finalCap) return 'length';
    if (state.tokens >= mostTokens(plan) || state.textTokens >= mostTextTokens(plan)) return 'planned_length';
    if (lengthEnds > mostContinuations(plan)) return plan?.kind === 'text' ? 'planned_length' : 'unfinished';
    const before = state.text.length;
    const end = await callWithRetries(options, state);
    if (end.type === 'done') return end.finishReason;
    if (end.type === 'ran_away') continue;
    if (state.text.length === before) return 'unfinished';
    if (plan?.kind === 'files' && !plan.isInFile(state.text)) return 'planned_length';
    lengthEnds += 1;
  }
}

async function callWithRetries(options: WriteReplyOptions, state: ReplyState): Promise<CallEnd> {
  const { retries: most, retryDelayMilliseconds = 1000, clock, signal } = options;
  const retries = typeof most === 'number' ? most : most();
  return pRetry(() => callSomewhere(options, state), {
    retries,
    // The clock does the waiting.
    minTimeout: 0,
    ...(signal ? { signal } : {}),
    shouldRetry: ({ error }) => isTransient(error),
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (retriesLeft === 0 || !isTransient(error)) return;
      // The delay that the server asks for replaces our own.
      await clock.sleep(error.retryAfter ?? Math.min(retryDelayMilliseconds * 2 ** (attemptNumber - 1), longestDelay), signal);
    },
  });
}

/** If one server loses a call, another one takes over at once, without a delay or a retry. */
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
