import type { Usage } from '../../events/usage.ts';
import { estimateTokens } from '../budget/estimate-tokens.ts';
import type { ReplyCut, WriteReplyOptions } from './reply-options.ts';
import type { CallPart } from '../chat-model.ts';
import { RunawayDetector } from './runaway/runaway-detector.ts';

/** A reply while it is written, over all its calls. */
export interface ReplyState {
  text: string;
  reasoning: string;
  /** What it calls natively, in order. */
  called: CallPart[];
  usage: Usage;
  /** The number of the newest call, from 1. */
  call: number;
  /**
   * The tokens of the saved beginning, if there is a cap for the whole reply, and of all calls, including what was taken back. If the server does not count,
   * pieces are counted.
   */
  tokens: number;
  /** Roughly how many of these are text that is still there. */
  textTokens: number;
  cuts: ReplyCut[];
  /** Watches the text. */
  detector: RunawayDetector;
  /** Watches the thoughts of the call. */
  thoughts: RunawayDetector;
  /** How a reply that has begun is continued: the server continues the text, or a turn asks for the rest. */
  continuation: 'prefill' | 'turn';
}

/** The state before the first call. */
export async function beginReply(options: WriteReplyOptions): Promise<ReplyState> {
  const { saved = '', model, earlier } = options;
  const detector = new RunawayDetector();
  detector.feed(saved);
  const continuation = model.capabilities.continuesReplies ? 'prefill' : 'turn';
  const tokens = await countSaved(options, saved);
  const cuts = (earlier?.cuts ?? []).filter(({ why }) => why !== 'thoughts');
  return {
    text: saved,
    reasoning: '',
    called: [],
    usage: {},
    call: 0,
    tokens,
    textTokens: estimateTokens(saved),
    cuts,
    detector,
    thoughts: new RunawayDetector(),
    continuation,
  };
}

/** Takes back the repetition, if the reply has run away. @returns whether it had. */
export async function cutRunaway({ onUpdate }: WriteReplyOptions, reply: ReplyState): Promise<boolean> {
  const { found } = reply.detector;
  const thought = reply.thoughts.found;
  if (found === undefined && thought === undefined) return false;
  // Looping thoughts are not part of the text: all of it stays, and the reply continues from there.
  const { at, why } = found ?? { at: reply.text.length, why: thought?.why ?? 'same' };
  const cut = { at, why, removed: reply.text.length - at };
  reply.text = reply.text.slice(0, at);
  reply.textTokens = estimateTokens(reply.text);
  reply.cuts.push(cut);
  reply.detector = new RunawayDetector();
  reply.detector.feed(reply.text);
  reply.thoughts = new RunawayDetector();
  await onUpdate({ type: 'cut', call: reply.call, ...cut });
  return true;
}

/** What has arrived as text was thinking. */
export async function takeThoughts({ onUpdate }: WriteReplyOptions, reply: ReplyState): Promise<void> {
  const { text, call } = reply;
  if (text === '') return;
  reply.text = '';
  reply.textTokens = 0;
  reply.reasoning += text;
  reply.detector = new RunawayDetector();
  await onUpdate({ type: 'cut', call, at: 0, removed: text.length, why: 'thoughts' });
  await onUpdate({ type: 'reasoning', text });
}

/** Only caps for the whole reply need to know how much of them the beginning has used. */
async function countSaved(
  { model, messagesFor, finalCap, plan, sampling, tools, signal }: WriteReplyOptions,
  saved: string,
): Promise<number> {
  if (saved === '' || (finalCap === undefined && plan?.tokens === undefined)) return 0;
  const options = { chatTemplateKwargs: sampling.chatTemplateKwargs, tools, signal };
  const without = await model.countTokens(messagesFor(''), options);
  const including = without === undefined ? undefined : await model.countTokens(messagesFor(saved), options);
  return without === undefined || including === undefined ? estimateTokens(saved) : Math.max(0, including - without);
}
