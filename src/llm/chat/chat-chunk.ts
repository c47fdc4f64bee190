import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { Usage } from '../../events/usage.ts';

/** A chunk of a stream, with what llama-server adds to it. */
export interface ChatChunk extends ChatCompletionChunk {
  timings?: { cache_n?: number; prompt_n?: number; prompt_ms?: number; predicted_n?: number; predicted_ms?: number };
  prompt_progress?: { total: number; cache: number; processed: number };
}

/** Adds what a chunk tells. Usage may come with the last chunk only; timings, where there are any, say more exactly what was read. */
export function addChunkUsage(usage: Usage, { usage: counts, timings }: ChatChunk): Usage {
  const cached = timings?.cache_n ?? counts?.prompt_tokens_details?.cached_tokens;
  const prompt = counts?.prompt_tokens;
  const next: Usage = {
    promptTokens: prompt,
    cachedTokens: cached,
    readTokens: timings?.prompt_n ?? (prompt !== undefined && cached !== undefined ? prompt - cached : undefined),
    replyTokens: counts?.completion_tokens ?? timings?.predicted_n,
    reasoningTokens: counts?.completion_tokens_details?.reasoning_tokens,
    promptMilliseconds: timings?.prompt_ms,
    replyMilliseconds: timings?.predicted_ms,
  };
  return { ...usage, ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) };
}
