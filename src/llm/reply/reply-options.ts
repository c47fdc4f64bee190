import type { Usage } from '../../events/usage.ts';
import type { Clock } from '../../utils/clock.ts';
import type { ChatMessage, ChatModel, FinishReason, Sampling } from '../chat-model.ts';
import type { ModelError } from '../model-error.ts';
import type { ReplyPlan } from './reply-plan.ts';
import type { Runaway } from './runaway/runaway-detector.ts';

/** Text that was taken back: it only repeated what stood there, or was no text but thoughts. */
export interface ReplyCut {
  /** How much of the reply is left. */
  at: number;
  /** How many characters are gone. */
  removed: number;
  why: Runaway['why'] | 'thoughts';
}

/** What happens on the way. Text pieces in order, after the saved beginning, are the reply; a cut leaves its first `at` characters. */
export type ReplyUpdate =
  | { type: 'call_started'; call: number; continues: number }
  /** Where there are several servers: the address of the one that the call went to. */
  | { type: 'call_sent'; call: number; server: string }
  | {
      type: 'call_ended';
      call: number;
      finishReason: FinishReason;
      usage?: Usage;
      error?: ModelError;
      /** How long it waited for the health of a server that had failed too often. */
      heldBackMilliseconds?: number | undefined;
    }
  | { type: 'prompt_progress'; processed: number; total: number; cached: number }
  | { type: 'text' | 'reasoning'; text: string }
  /** `call`: the one that wrote it, 0 where an earlier attempt did. */
  | ({ type: 'cut'; call: number } & ReplyCut);

export interface WriteReplyOptions {
  model: ChatModel;
  /** The messages of the call for this beginning of the reply (empty: none yet); with a beginning, the last one is that text. */
  messagesFor: (saved: string) => ChatMessage[];
  /** The beginning of the reply, where an earlier attempt was cut off. */
  saved?: string | undefined;
  /** What earlier attempts have seen of it: what was cut back, and how many calls ended at their length. */
  earlier?: { cuts: readonly ReplyCut[]; lengthEnds: number } | undefined;
  sampling: Sampling;
  /**
   * For one call. Reaching it means that the reply is continued. A function is asked before each call, with the text that has arrived: it says what there
   * is room for, and may make room before it answers, since the messages are asked for after it.
   */
  plannedCap?: number | ((text: string) => Promise<number | undefined>) | undefined;
  /** How long the reply is to be; absent: as long as it becomes within the continuations. */
  plan?: ReplyPlan | undefined;
  /** Set by a person or the model's profile, for the whole reply. Reaching it is final. */
  finalCap?: number | undefined;
  /** How often it goes on otherwise after it was cut back. Default 2. */
  mostCuts?: number | undefined;
  /** How often a call is repeated after a transient error. A function is asked before each call. */
  retries: number | (() => number);
  /** Before the first repetition; doubles each time. Default 1000. */
  retryDelayMilliseconds?: number | undefined;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** Awaited, so that what arrived is safe before more is taken. */
  onUpdate: (update: ReplyUpdate) => void | Promise<void>;
}
