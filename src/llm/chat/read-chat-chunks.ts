import type { Usage } from '../../events/usage.ts';
import { addChunkUsage, type ChatChunk } from './chat-chunk.ts';
import type { ChatStreamPart } from '../chat-model.ts';
import { PrefillEcho } from './prefill-echo.ts';
import { ThinkSplitter } from './think-splitter.ts';

export interface ReadChunksOptions {
  chunks: AsyncIterable<ChatChunk>;
  /** The text that the reply continues, which the server may send back first. */
  prefill: string;
  /** Called for each sign of life, before the part is handed on. */
  onLife: (sign: 'prompt_progress' | 'token') => void;
}

/**
 * A stream's chunks as typed parts. Once the reason for the end has arrived the reply is whole, however the connection ends.
 * @throws what the chunks throw, or an Error where they end without a reason.
 */
export async function* readChatChunks(options: ReadChunksOptions): AsyncGenerator<ChatStreamPart> {
  const reader = { echo: new PrefillEcho(options.prefill), thinking: new ThinkSplitter(options.prefill), onLife: options.onLife };
  const pieces = { text: 0, reasoning: 0 };
  let finishReason: string | undefined;
  let usage: Usage = {};
  const chunks = options.chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextChunk(chunks, finishReason);
      if (next === undefined) break;
      for (const part of partsOf(next, reader)) {
        if (part.type === 'text' || part.type === 'reasoning') pieces[part.type] += 1;
        yield part;
      }
      finishReason = next.choices?.[0]?.finish_reason ?? finishReason;
      usage = addChunkUsage(usage, next);
    }
  } finally {
    await chunks.return?.();
  }
  // What is held back of a broken stream is the half of an echo: text that has arrived before.
  if (finishReason === undefined) throw new Error('the stream ended before the reply did');
  yield* reader.thinking.pass(reader.echo.end());
  yield* reader.thinking.end();
  yield { type: 'end', finishReason, usage: withReasoning(usage, pieces) };
}

/** A server that does not tell how much of a reply was thinking still sent about a token a piece. */
function withReasoning(usage: Usage, pieces: { text: number; reasoning: number }): Usage {
  if (usage.replyTokens === undefined || usage.reasoningTokens !== undefined) return usage;
  const share = pieces.reasoning === 0 ? 0 : pieces.reasoning / (pieces.text + pieces.reasoning);
  return { ...usage, reasoningTokens: Math.round(usage.replyTokens * share) };
}

async function nextChunk(chunks: AsyncIterator<ChatChunk>, finishReason: string | undefined): Promise<ChatChunk | undefined> {
  try {
    const next = await chunks.next();
    return next.done === true ? undefined : next.value;
  } catch (error) {
    if (finishReason === undefined) throw error;
    return undefined;
  }
}

interface Reader {
  echo: PrefillEcho;
  thinking: ThinkSplitter;
  onLife: ReadChunksOptions['onLife'];
}

function* partsOf(chunk: ChatChunk, { echo, thinking, onLife }: Reader): Generator<ChatStreamPart> {
  if (chunk.prompt_progress) {
    onLife('prompt_progress');
    const { processed, total, cache } = chunk.prompt_progress;
    yield { type: 'prompt_progress', processed, total, cached: cache };
  }
  const delta: { content?: string | null; reasoning_content?: string | null } | undefined = chunk.choices?.[0]?.delta;
  if (delta?.reasoning_content) {
    onLife('token');
    yield { type: 'reasoning', text: delta.reasoning_content };
  }
  if (delta?.content) {
    onLife('token');
    yield* thinking.pass(echo.pass(delta.content));
  }
}
