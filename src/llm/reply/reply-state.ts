import type { Usage } from '../../events/usage.ts';
import { estimateTokens } from '../budget/estimate-tokens.ts';
import type { WriteReplyOptions } from './reply-options.ts';

/** A reply while it is written, over all its calls. */
export interface ReplyState {
  text: string;
  reasoning: string;
  usage: Usage;
  /** The number of the newest call, from 1. */
  call: number;
  /** Of the saved beginning, where there is a final cap, and of all calls; where the server does not count, pieces are counted. */
  tokens: number;
  /** How a reply that has begun goes on: the server continues the text, or a turn asks for the rest. */
  continuation: 'prefill' | 'turn';
}

/** Before the first call. */
export async function beginReply(options: WriteReplyOptions): Promise<ReplyState> {
  const { saved = '', model } = options;
  const continuation = model.capabilities.continuesReplies ? 'prefill' : 'turn';
  return { text: saved, reasoning: '', usage: {}, call: 0, tokens: await countSaved(options, saved), continuation };
}

/** Only the final cap asks what the beginning has used of it. */
async function countSaved({ model, messagesFor, finalCap, sampling, signal }: WriteReplyOptions, saved: string): Promise<number> {
  if (saved === '' || finalCap === undefined) return 0;
  const options = { chatTemplateKwargs: sampling.chatTemplateKwargs, signal };
  const without = await model.countTokens(messagesFor(''), options);
  const including = without === undefined ? undefined : await model.countTokens(messagesFor(saved), options);
  return without === undefined || including === undefined ? estimateTokens(saved) : Math.max(0, including - without);
}
