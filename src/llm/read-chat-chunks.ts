import type { Usage } from '../events/usage.ts';
import { addChunkUsage, type ChatChunk } from './chat-chunk.ts';
import type { ChatStreamPart } from './chat-model.ts';
import { PrefillEcho } from './prefill-echo.ts';

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
  const echo = new PrefillEcho(options.prefill);
  let finishReason: string | undefined;
  let usage: Usage = {};
  const chunks = options.chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextChunk(chunks, finishReason);
      if (next === undefined) break;
      yield* partsOf(next, echo, options.onLife);
      finishReason = next.choices?.[0]?.finish_reason ?? finishReason;
      usage = addChunkUsage(usage, next);
    }
  } finally {
    await chunks.return?.();
  }
  // What is held back of a broken stream is the half of an echo: text that has arrived before.
  if (finishReason === undefined) throw new Error('the stream ended before the reply did');
  const held = echo.end();
  if (held !== '') yield { type: 'text', text: held };
  yield { type: 'end', finishReason, usage };
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

function* partsOf(chunk: ChatChunk, echo: PrefillEcho, onLife: ReadChunksOptions['onLife']): Generator<ChatStreamPart> {
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
    const text = echo.pass(delta.content);
    if (text !== '') yield { type: 'text', text };
  }
}
