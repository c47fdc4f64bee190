import type { Fault } from './fault.ts';
import type { Token, Tokenizer } from './tokenizer.ts';

/** What the fake model says. */
export type ScriptedReply = ({ text: string } | { chunks: readonly string[] }) & {
  /** Native calls behind the text, each in pieces of one token; `id: null`: without one. Then `finishReason` is `tool_calls` unless it says otherwise. */
  calls?: readonly ScriptedCall[];
  /** Said before the text, as `reasoning_content`. */
  reasoning?: string;
  /** `length` leaves out the end-of-turn token. Default `stop`; a cap or a full context turns it into `length`. */
  finishReason?: string;
  /** Tokens in one delta; `chunks` are sent as they are. Default 1. */
  tokensPerChunk?: number;
  faults?: readonly Fault[];
};

export interface ScriptedCall {
  name: string;
  arguments: string;
  id?: string | null;
}

export type Delta =
  | { field: 'content' | 'reasoning_content'; text: string }
  /** `begins`: with the first piece of a call. */
  | { field: 'tool_calls'; text: string; index: number; begins?: { id: string | null; name: string } };

/** One token to generate, and what is sent as soon as it is there. */
interface PlannedToken {
  id: number;
  deltas: Delta[];
}

export interface ReplyPlan {
  tokens: PlannedToken[];
  finishReason: string;
}

export interface PlanReplyOptions {
  tokenizer: Tokenizer;
  /** The most tokens that there may be. */
  limit: number;
  /** A reply that begins with it is continued after it; any other reply is taken for the continuation itself. */
  prefill: string | undefined;
  stop: readonly string[];
}

interface Passage {
  field: 'content' | 'reasoning_content';
  tokens: readonly Token[];
  /** Offsets in the text at which a delta ends. */
  ends: readonly number[];
}

export function planReply(reply: ScriptedReply, { tokenizer, limit, prefill, stop }: PlanReplyOptions): ReplyPlan {
  const tokensPerChunk = reply.tokensPerChunk ?? 1;
  const chunks = 'chunks' in reply ? reply.chunks : [reply.text];
  const whole = chunks.join('');
  const start = prefill !== undefined && whole.startsWith(prefill) ? prefill.length : 0;
  const stopAt = stop.map((word) => whole.indexOf(word, start)).filter((index) => index >= 0);
  const content = tokenizer.tokenize(whole.slice(start, Math.min(whole.length, ...stopAt)));
  // Thinking is over where the client has begun the answer itself.
  const reasoning = prefill === undefined && reply.reasoning !== undefined ? tokenizer.tokenize(reply.reasoning) : [];
  const passages: Passage[] = [
    { field: 'reasoning_content', tokens: reasoning, ends: tokenEnds(reasoning, tokensPerChunk) },
    {
      field: 'content',
      tokens: content,
      ends: 'chunks' in reply ? chunkEnds(chunks).map((end) => end - start) : tokenEnds(content, tokensPerChunk),
    },
  ];
  const calls = (reply.calls ?? []).map((call, index) => planCall(call, index, tokenizer));
  const asked = reply.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop');
  const tokens: PlannedToken[] = [];
  for (const passage of passages) tokens.push(...planPassage(passage, limit - tokens.length));
  tokens.push(...calls.flat());
  if (asked !== 'length') tokens.push({ id: tokenizer.endOfTurn.id, deltas: [] });
  const complete = tokens.length <= limit && tokens.length >= reasoning.length + content.length + calls.flat().length;
  return { tokens: tokens.slice(0, limit), finishReason: complete ? asked : 'length' };
}

function planPassage({ field, tokens, ends }: Passage, limit: number): PlannedToken[] {
  const kept = tokens.slice(0, Math.max(0, limit));
  const text = kept.map((token) => token.text).join('');
  let arrived = 0;
  let sent = 0;
  return kept.map((token, index) => {
    arrived += token.text.length;
    const last = index === kept.length - 1;
    const due = ends.filter((end) => end > sent && end <= arrived);
    if (last && arrived > (due.at(-1) ?? sent)) due.push(arrived);
    const deltas = due.map((end): Delta => {
      const delta = { field, text: text.slice(sent, end) };
      sent = end;
      return delta;
    });
    return { id: token.id, deltas };
  });
}

function planCall(call: ScriptedCall, index: number, tokenizer: Tokenizer): PlannedToken[] {
  const { name, arguments: said, id = `call${index}` } = call;
  const [first, ...others] = tokenizer.tokenize(said);
  const begin = { id: first?.id ?? 0, deltas: [{ field: 'tool_calls' as const, text: first?.text ?? '', index, begins: { id, name } }] };
  return [begin, ...others.map((token) => ({ id: token.id, deltas: [{ field: 'tool_calls' as const, text: token.text, index }] }))];
}

function chunkEnds(chunks: readonly string[]): number[] {
  let end = 0;
  return chunks.map((chunk) => (end += chunk.length));
}

function tokenEnds(tokens: readonly Token[], tokensPerChunk: number): number[] {
  return chunkEnds(tokens.map((token) => token.text)).filter((_, index) => (index + 1) % tokensPerChunk === 0);
}
