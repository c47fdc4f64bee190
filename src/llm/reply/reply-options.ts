import type { Usage } from '../../events/usage.ts';
import type { Clock } from '../../utils/clock.ts';
import type { CallPart, CallPrice, ChatMessage, ChatModel, ChatRequest, FinishReason, Sampling } from '../chat-model.ts';
import type { ModelError } from '../model-error.ts';
import type { ReplyPlan } from './reply-plan.ts';
import type { Runaway } from './runaway/runaway-detector.ts';

/** Text that was taken back, because it only repeated what was there, or was thoughts and not text. */
export interface ReplyCut {
  /** How much of the reply is left. */
  at: number;
  /** How many characters are gone. */
  removed: number;
  why: Runaway['why'] | 'thoughts';
}

/** Progress of a reply. The text pieces in order, after the saved beginning, are the reply; a cut leaves its first `at` characters. */
export type ReplyUpdate =
  | { type: 'call_started'; call: number; continues: number }
  /** With several servers: the address of the one that got the call. */
  | { type: 'call_sent'; call: number; server: string }
  | {
      type: 'call_ended';
      call: number;
      finishReason: FinishReason;
      usage?: Usage;
      error?: ModelError;
      /** It was answered with an error instead of a reply. */
      refused?: true;
      /** How long it waited for a server that had failed too often to be healthy. */
      heldBackMilliseconds?: number | undefined;
    }
  /** It waits for its turn, because of what the provider allows in each minute, for about so long. */
  | { type: 'call_limited'; call: number; provider: string; milliseconds: number }
  /** It waits for others to end, because what these have set aside leaves too little of the budget. */
  | { type: 'call_waits_for_budget'; call: number }
  /** It is about to be sent to a model that somebody is paid for. */
  | { type: 'call_priced'; call: number; price: CallPrice }
  | { type: 'prompt_progress'; processed: number; total: number; cached: number }
  | { type: 'text' | 'reasoning'; text: string }
  /** A native call of a tool. A call to the model that begins after it takes it back. */
  | CallPart
  /** `call`: the call that wrote the text; 0: an earlier attempt. */
  | ({ type: 'cut'; call: number } & ReplyCut);

export interface WriteReplyOptions {
  model: ChatModel;
  /** See `ChatRequest`. */
  owner?: string | undefined;
  /** The messages of the call for this beginning of the reply (empty: none yet). With a beginning, it is the last message. */
  messagesFor: (saved: string) => ChatMessage[];
  /** The beginning of the reply, if an earlier attempt was cut off. */
  saved?: string | undefined;
  /** From earlier attempts: what was cut back, and how many calls ended at their length. */
  earlier?: { cuts: readonly ReplyCut[]; lengthEnds: number } | undefined;
  sampling: Sampling;
  /** See `ChatRequest`. */
  tools?: ChatRequest['tools'];
  /** The shape that the reply is to have. A reply that is continued is continued without it: servers would begin the shape anew. */
  format?: ChatRequest['format'];
  /**
   * For one call. A reply that reaches it is continued. A function is called before each call with the text that has arrived. It says how many tokens fit, and
   * may cut the transcript first, since the messages are asked for afterwards.
   */
  plannedCap?: number | ((text: string) => Promise<number | undefined>) | undefined;
  /** The planned length of the reply. Absent: limited only by the number of continuations. */
  plan?: ReplyPlan | undefined;
  /** Set by a person or the model's profile, for the whole reply. A reply that reaches it ends. */
  finalCap?: number | undefined;
  /** How often it is cut back and continued differently. Default: 2. */
  mostCuts?: number | undefined;
  /** How often a call is repeated after a transient error. A function is called before each call. */
  retries: number | (() => number);
  /** The delay before the first repetition; it doubles each time. Default: 1000. */
  retryDelayMilliseconds?: number | undefined;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** Awaited, so that what has arrived is safe before more is read. */
  onUpdate: (update: ReplyUpdate) => void | Promise<void>;
}
