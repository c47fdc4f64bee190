import type { Usage } from '../events/usage.ts';
import type { WriteReplyOptions } from './reply-options.ts';

/** A reply while it is written, over all its calls. */
export interface ReplyState {
  text: string;
  reasoning: string;
  usage: Usage;
  /** The number of the newest call, from 1. */
  call: number;
  /** Of all calls; where the server does not count, pieces are counted. */
  tokens: number;
  /** How a reply that has begun goes on: the server continues the text, or a turn asks for the rest. */
  continuation: 'prefill' | 'turn';
}

/** Before the first call. */
export function beginReply({ saved = '', model }: WriteReplyOptions): ReplyState {
  const continuation = model.capabilities.continuesReplies ? 'prefill' : 'turn';
  return { text: saved, reasoning: '', usage: {}, call: 0, tokens: 0, continuation };
}
