import type { ReplySummary } from './reply-sink.ts';

export const FINGERPRINT = 'b1-fake000';

export interface CompletionIdentity {
  id: string;
  model: string;
  /** Seconds since 1970. */
  created: number;
}

/** One event of a stream, with the real server's keys in its order. */
export function completionChunk(
  { id, model, created }: CompletionIdentity,
  delta: Record<string, unknown>,
  finishReason: string | null = null,
): Record<string, unknown> {
  return {
    choices: [{ finish_reason: finishReason, index: 0, delta }],
    created,
    id,
    model,
    system_fingerprint: FINGERPRINT,
    object: 'chat.completion.chunk',
  };
}

export function completion(
  { id, model, created }: CompletionIdentity,
  message: Record<string, unknown>,
  summary: ReplySummary,
): Record<string, unknown> {
  return {
    choices: [{ finish_reason: summary.finishReason, index: 0, message: { role: 'assistant', ...message } }],
    created,
    model,
    system_fingerprint: FINGERPRINT,
    object: 'chat.completion',
    usage: usageJson(summary),
    id,
    timings: timingsJson(summary),
  };
}

export function usageJson({ record }: ReplySummary): Record<string, unknown> {
  return {
    completion_tokens: record.replyTokens,
    prompt_tokens: record.promptTokens,
    total_tokens: record.promptTokens + record.replyTokens,
    prompt_tokens_details: { cached_tokens: record.cacheTokens },
  };
}

export function timingsJson({ record, promptMilliseconds, replyMilliseconds }: ReplySummary): Record<string, number> {
  const predictedMilliseconds = Math.max(0.001, replyMilliseconds);
  return {
    cache_n: record.cacheTokens,
    prompt_n: record.readTokens,
    prompt_ms: promptMilliseconds,
    prompt_per_token_ms: promptMilliseconds / record.readTokens,
    prompt_per_second: (record.readTokens * 1000) / Math.max(0.001, promptMilliseconds),
    predicted_n: record.replyTokens,
    predicted_ms: predictedMilliseconds,
    predicted_per_token_ms: predictedMilliseconds / record.replyTokens,
    predicted_per_second: (record.replyTokens * 1000) / predictedMilliseconds,
  };
}
