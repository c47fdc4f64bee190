import type { PriceSettings, PricesOfModel } from './provider-entry.ts';

/** The prices that the settings give a model; undefined: none. */
export function pricesFor(prices: PriceSettings | undefined, model: string): PricesOfModel | undefined {
  if (prices === undefined) return undefined;
  if (isForAll(prices)) return prices;
  return Object.hasOwn(prices, model) ? prices[model] : undefined;
}

function isForAll(prices: PriceSettings): prices is PricesOfModel {
  return typeof prices['input'] === 'number';
}
