import type { Usage } from '../../events/usage.ts';

/** A piece of a reply as it is sent. Its content is checked where it is used: a server may put anything anywhere. */
export interface ChatChunk {
  choices?: { delta?: unknown; message?: unknown; text?: unknown; finish_reason?: unknown }[] | null;
  usage?: {
    prompt_tokens?: unknown;
    completion_tokens?: unknown;
    prompt_tokens_details?: { cached_tokens?: unknown } | null;
    completion_tokens_details?: { reasoning_tokens?: unknown } | null;
  } | null;
  /** What llama-server adds. */
  timings?: { cache_n?: unknown; prompt_n?: unknown; prompt_ms?: unknown; predicted_n?: unknown; predicted_ms?: unknown } | null;
  prompt_progress?: { total?: unknown; cache?: unknown; processed?: unknown } | null;
}

/** Adds what a chunk reports. Usage may come only with the last chunk; timings, if any, say more precisely what was read. */
export function addChunkUsage(usage: Usage, { usage: counts, timings }: ChatChunk): Usage {
  // Most chunks hold a piece of the reply and nothing else.
  if (!counts && !timings) return usage;
  const cached = count(timings?.cache_n) ?? count(counts?.prompt_tokens_details?.cached_tokens);
  const prompt = count(counts?.prompt_tokens);
  const next: Usage = {
    promptTokens: prompt,
    cachedTokens: cached,
    readTokens: count(timings?.prompt_n) ?? (prompt !== undefined && cached !== undefined ? Math.max(0, prompt - cached) : undefined),
    replyTokens: count(counts?.completion_tokens) ?? count(timings?.predicted_n),
    reasoningTokens: count(counts?.completion_tokens_details?.reasoning_tokens),
    promptMilliseconds: milliseconds(timings?.prompt_ms),
    replyMilliseconds: milliseconds(timings?.predicted_ms),
  };
  return { ...usage, ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) };
}

/** How much of the prompt was read, if the numbers make sense. */
export function progressIn({ prompt_progress: progress }: ChatChunk): { processed: number; total: number; cached: number } | undefined {
  const [processed, total, cached = 0] = [count(progress?.processed), count(progress?.total), count(progress?.cache)];
  return processed === undefined || total === undefined
    ? undefined
    : { processed: Math.min(processed, total), total, cached: Math.min(cached, total) };
}

/** No prompt and no reply has more tokens; sums of such numbers are still exact. */
const mostTokens = 1e12;

/** A number of tokens, if it is one. */
function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostTokens ? value : undefined;
}

function milliseconds(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= mostTokens ? value : undefined;
}
