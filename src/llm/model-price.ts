import type { ModelPrices } from '../events/model-prices.ts';

/** What a model costs. `unknown`: it is elsewhere, and neither the settings nor the program's own table have a price for it. */
export type ModelPrice = { kind: 'free' } | { kind: 'priced'; prices: ModelPrices } | { kind: 'unknown' };
