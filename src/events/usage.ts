import { z } from 'zod';

/** What one or more model calls cost. Unknown is not zero: a count that the server did not tell is absent. */
export const usageSchema = z.object({
  /** Tokens of the whole prompt. */
  promptTokens: z.number().optional(),
  /** Of these, answered from the server's cache. */
  cachedTokens: z.number().optional(),
  /** Of these, really read. */
  readTokens: z.number().optional(),
  replyTokens: z.number().optional(),
  /** Of these, thinking that is no part of the text: as the server tells, else by its share of the pieces that arrived. */
  reasoningTokens: z.number().optional(),
  promptMilliseconds: z.number().optional(),
  replyMilliseconds: z.number().optional(),
  /** From sending a call to its first token, waiting for a slot and reading the prompt included. */
  firstTokenMilliseconds: z.number().optional(),
});

export type Usage = z.infer<typeof usageSchema>;
