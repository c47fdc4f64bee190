import type { Usage } from '../../events/usage.ts';
import { callPiecesOf } from '../dialects/call-pieces.ts';
import { contentPartsOf } from '../dialects/content-parts.ts';
import { finishReasonOf, meaningOfEnd } from '../dialects/finish-reasons.ts';
import { answerClosings } from '../dialects/stop-tokens.ts';
import { AnsweredError, serverAnswer } from '../server/server-answer.ts';
import { TooMuchSaid } from '../server/bounded-text.ts';
import { addChunkUsage, type ChatChunk, progressIn } from './chat-chunk.ts';
import type { ChunkOrEnd } from './chat-chunks.ts';
import type { ChatStreamPart } from '../chat-model.ts';
import { PrefillEcho } from './prefill-echo.ts';
import { StopTokenFilter } from './stop-token-filter.ts';
import { type SplitPart, ThinkSplitter } from './think-splitter.ts';
import type { ToolDescription } from '../tool-description.ts';
import { ToolCalls } from './tool-calls.ts';

export interface ReadChunksOptions {
  chunks: AsyncIterable<ChunkOrEnd>;
  /** The text that the reply continues, which the server may send back first. */
  prefill: string;
  /** Those that the request offered. */
  tools?: readonly ToolDescription[] | undefined;
  /** Called for each sign of life, before the part is passed on. */
  onLife: (sign: 'prompt_progress' | 'token') => void;
  /** How long a server may take to end the stream after it has given the reason for the end. Default: 3000. */
  endMilliseconds?: number | undefined;
}

/** In characters, including thoughts. No context holds more, so a longer reply has no end. */
const longestReply = 64 * 1024 * 1024;

/**
 * A stream's chunks as typed parts. Once the reason for the end has arrived, the reply is whole, however the connection ends.
 * @throws what the chunks throw; AnsweredError if the server gave the reply up; an Error if the chunks end without a reason.
 */
export async function* readChatChunks(options: ReadChunksOptions): AsyncGenerator<ChatStreamPart> {
  const { onLife, endMilliseconds = 3000 } = options;
  const reader = new ChunkReader(options.prefill, options.tools);
  const pieces = { text: 0, reasoning: 0 };
  const counted = (part: ChatStreamPart): ChatStreamPart => {
    if (part.type === 'text' || part.type === 'reasoning') pieces[part.type] += 1;
    if (part.type === 'thoughts_ended') Object.assign(pieces, { text: 0, reasoning: pieces.reasoning + pieces.text });
    return part;
  };
  let reason: string | undefined;
  // Some servers give an empty reason in every chunk. If only the last chunk has one, it ends the reply.
  const empty = { before: 0, last: false };
  let ending: Promise<'over'> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let usage: Usage = {};
  let length = 0;
  const chunks = options.chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextChunk(chunks, reason, ending);
      if (next === undefined) break;
      if (next === 'done') {
        reason ??= '';
        break;
      }
      const progress = progressIn(next);
      if (progress !== undefined) {
        onLife('prompt_progress');
        yield { type: 'prompt_progress', ...progress };
      }
      const parts = reader.take(next);
      if (parts === undefined) {
        // The chunk said nothing.
      } else {
        onLife('token');
        for (const part of parts) {
          if ('text' in part) length += part.text.length;
          yield counted(part);
        }
        if (reader.state === 'over') {
          reason = 'stop';
          break;
        }
        if (length + reader.calledLength > longestReply) throw new TooMuchSaid('its reply has no end');
      }
      reason = reasonIn(next) ?? reason;
      if (hasEmptyReason(next)) Object.assign(empty, { before: empty.before + 1, last: true });
      else if (parts !== undefined) empty.last = false;
      if (reason !== undefined && (ending === undefined || parts !== undefined)) {
        clearTimeout(timer);
        ending = new Promise((resolve) => (timer = setTimeout(() => resolve('over'), endMilliseconds)));
      }
      usage = addChunkUsage(usage, next);
    }
  } finally {
    clearTimeout(timer);
    // A stream that stays open is closed without waiting for its reaction.
    const left = chunks.return?.();
    if (ending === undefined) await left;
    else void left?.catch(() => undefined);
  }
  if (empty.last && empty.before === 1) reason ??= '';
  // What a broken stream held back is half of an echo: text that has arrived before.
  if (reason === undefined) throw new Error('the stream ended before the reply did');
  if (meaningOfEnd(reason) === 'again') throw new AnsweredError(serverAnswer(`it gave the reply up ("${reason.slice(0, 80)}")`));
  for (const part of reader.end(meaningOfEnd(reason) === 'length' ? 'cut' : 'whole')) {
    if (part.type === 'tool_call') pieces.text += 1;
    yield counted(part);
  }
  const hasText = pieces.text > 0 || options.prefill !== '';
  if (reason === '' && !hasText && pieces.reasoning === 0) throw new Error('the stream ended before the reply did');
  yield { type: 'end', finishReason: reason === '' ? 'stop' : finishReasonOf(reason, hasText), usage: withReasoning(usage, pieces) };
}

/** If a server does not report how much of a reply was thinking, each piece counts as a token. */
function withReasoning(usage: Usage, pieces: { text: number; reasoning: number }): Usage {
  if (usage.replyTokens === undefined || usage.reasoningTokens !== undefined) return usage;
  const share = pieces.reasoning === 0 ? 0 : pieces.reasoning / (pieces.text + pieces.reasoning);
  return { ...usage, reasoningTokens: Math.round(usage.replyTokens * share) };
}

async function nextChunk(
  chunks: AsyncIterator<ChunkOrEnd>,
  reason: string | undefined,
  ending: Promise<'over'> | undefined,
): Promise<ChunkOrEnd | undefined> {
  try {
    const next = chunks.next();
    const first = ending === undefined ? await next : await Promise.race([next, ending]);
    if (first === 'over') {
      next.catch(() => undefined);
      return undefined;
    }
    return first.done === true ? undefined : first.value;
  } catch (error) {
    if (reason === undefined) throw error;
    return undefined;
  }
}

function reasonIn(chunk: ChatChunk): string | undefined {
  const reason = Array.isArray(chunk.choices) ? chunk.choices[0]?.finish_reason : undefined;
  return typeof reason !== 'string' || meaningOfEnd(reason) === 'none' ? undefined : reason;
}

function hasEmptyReason(chunk: ChatChunk): boolean {
  const reason = Array.isArray(chunk.choices) ? chunk.choices[0]?.finish_reason : undefined;
  return typeof reason === 'string' && meaningOfEnd(reason) === 'none';
}

/** Turns what a server sends into parts of a reply. */
class ChunkReader {
  readonly #echo: PrefillEcho;
  readonly #thinking: ThinkSplitter;
  readonly #calls: ToolCalls;
  #tokens = new StopTokenFilter();
  #answer: string | undefined;

  get state(): StopTokenFilter['state'] {
    return this.#tokens.state;
  }

  /** Characters of calls, which are told at the end. */
  get calledLength(): number {
    return this.#calls.length;
  }

  constructor(prefill: string, tools: readonly ToolDescription[] | undefined) {
    this.#calls = new ToolCalls(tools);
    this.#echo = new PrefillEcho(prefill);
    this.#thinking = new ThinkSplitter(prefill);
  }

  /** Undefined if the chunk says nothing about the reply. */
  take(chunk: ChatChunk): ChatStreamPart[] | undefined {
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    if (typeof choice !== 'object' || choice === null) return undefined;
    const delta = choice.delta ?? choice.message ?? (typeof choice.text === 'string' ? { content: choice.text } : undefined);
    const parts = contentPartsOf(delta);
    const pieces = callPiecesOf(delta);
    this.#calls.take(pieces);
    if (parts.length === 0) return pieces.length > 0 ? [] : undefined;
    return parts.flatMap((part) => (part.type === 'text' ? this.#textParts(this.#thinking.pass(this.#echo.pass(part.text))) : [part]));
  }

  /** What was held back, then the files of tool calls, written like those of a reply without tools, then the other calls: of a reply that was cut off none. */
  end(how: 'whole' | 'cut'): ChatStreamPart[] {
    const parts = [...this.#textParts(this.#thinking.pass(this.#echo.end())), ...this.#textParts(this.#thinking.end())];
    return [...parts, ...textOf(this.#tokens.end()), ...textOf(this.#calls.text()), ...(how === 'whole' ? this.#calls.parts() : [])];
  }

  #textParts(parts: SplitPart[]): ChatStreamPart[] {
    if (this.#thinking.answerClosing !== this.#answer) {
      this.#answer = this.#thinking.answerClosing;
      this.#tokens = new StopTokenFilter(answerClosings.filter((closing) => closing === this.#answer));
    }
    return parts.flatMap((part): ChatStreamPart[] => {
      if (part.type === 'text') return textOf(this.#tokens.pass(part.text));
      return part.type === 'thoughts_ended' ? [...textOf(this.#tokens.end()), part] : [part];
    });
  }
}

function textOf(text: string): ChatStreamPart[] {
  return text === '' ? [] : [{ type: 'text', text }];
}
