import type { ModelPrices } from '../../events/model-prices.ts';

/** Prices as people and tables write them, in US dollars per million tokens. */
export interface GivenPrices {
  input: number;
  /** Absent: as `input`. */
  cached_input?: number | undefined;
  /** Absent: as `input`, times what the provider usually takes for it. */
  cache_write?: number | undefined;
  output: number;
}

/** @param cacheWriteFactor How many times the price of other input the provider usually takes for what it puts into its cache. */
export function wholePrices({ input, cached_input, cache_write, output }: GivenPrices, cacheWriteFactor = 1): ModelPrices {
  return { input, cachedInput: cached_input ?? input, cacheWrite: cache_write ?? input * cacheWriteFactor, output };
}
