import type { Usage } from '../../../events/usage.ts';
import { valueAt } from '../../../utils/parse-json.ts';

/** Counts of one call, as the protocol names them. */
export interface AnthropicUsage {
  /** Of the prompt, without those that the cache had or was given. */
  input_tokens?: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
  output_tokens?: number;
  thinking_tokens?: number;
}

const places: readonly (readonly [keyof AnthropicUsage, readonly string[]])[] = [
  ['input_tokens', ['input_tokens']],
  ['cache_read_input_tokens', ['cache_read_input_tokens']],
  ['cache_creation_input_tokens', ['cache_creation_input_tokens']],
  ['output_tokens', ['output_tokens']],
  ['thinking_tokens', ['output_tokens_details', 'thinking_tokens']],
];

/** What an event reports replaces what an earlier one did: counts are of the whole call. */
export function addAnthropicUsage(usage: AnthropicUsage, told: unknown): AnthropicUsage {
  const counts = places.flatMap(([name, path]) => {
    const count = valueAt(told, path);
    return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? [[name, count] as const] : [];
  });
  return { ...usage, ...Object.fromEntries(counts) };
}

/** Usage in the words of the contract. @param pieces How many arrived; they tell the share of thoughts where the server does not count them. */
export function usageOf(told: AnthropicUsage, pieces: { text: number; reasoning: number }): Usage {
  const { input_tokens: input, cache_read_input_tokens: cached, cache_creation_input_tokens: created, output_tokens: reply } = told;
  const share = pieces.reasoning === 0 ? 0 : pieces.reasoning / (pieces.text + pieces.reasoning);
  return {
    ...(input === undefined ? {} : { promptTokens: input + (created ?? 0) + (cached ?? 0), readTokens: input + (created ?? 0) }),
    ...(cached === undefined ? {} : { cachedTokens: cached }),
    ...(created === undefined ? {} : { cacheWriteTokens: created }),
    ...(reply === undefined ? {} : { replyTokens: reply, reasoningTokens: told.thinking_tokens ?? Math.round(reply * share) }),
  };
}
