import { z } from 'zod';

/** The cost of one or more model calls. Unknown is not zero: a count that the server did not report is absent. */
export const usageSchema = z.object({
  /** Tokens of the whole prompt. */
  promptTokens: z.number().optional(),
  /** Those of them that came from the server's cache. */
  cachedTokens: z.number().optional(),
  /** Those of them that were really read. */
  readTokens: z.number().optional(),
  /** Of those that were read: what the provider puts into its cache, which some take another price for. */
  cacheWriteTokens: z.number().optional(),
  replyTokens: z.number().optional(),
  /** Those of them that are thinking and not text: as the server reports, else by its share of the pieces that arrived. */
  reasoningTokens: z.number().optional(),
  promptMilliseconds: z.number().optional(),
  replyMilliseconds: z.number().optional(),
  /** From sending a call to its first token, including waiting for a slot and reading the prompt. */
  firstTokenMilliseconds: z.number().optional(),
});

/**
 * What one or several calls of a model took. What the server did not tell is absent, which is not zero. Tokens: `promptTokens` of the whole prompt, of which
 * `cachedTokens` came from the cache and `readTokens` were read, of these `cacheWriteTokens` into a cache that is paid for; `replyTokens`, of which
 * `reasoningTokens` were thoughts. Times: `promptMilliseconds`, `replyMilliseconds`, and `firstTokenMilliseconds` from sending a call to its first token.
 */
export type Usage = z.infer<typeof usageSchema>;
