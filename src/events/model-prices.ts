import { z } from 'zod';

const price = z.number().nonnegative();

/** What the tokens of a model cost, in US dollars per million. */
export const modelPricesSchema = z.object({
  /** Of a prompt, as far as the next two do not say otherwise. */
  input: price,
  /** Of a prompt that the provider had in its cache. */
  cachedInput: price,
  /** Of a prompt that the provider puts into its cache. */
  cacheWrite: price,
  /** Of a reply, thoughts included. */
  output: price,
});

export type ModelPrices = z.infer<typeof modelPricesSchema>;
