import { z } from 'zod';
import { numberBetween, text } from './setting-types.ts';

/** In US dollars per million tokens: nobody takes more. */
const highest = 100_000;
const price = () => numberBetween(0, highest);

const pricesOfModel = z.strictObject(
  {
    input: price().meta({ description: 'A prompt.' }),
    cached_input: price().optional().meta({ description: 'A prompt that the provider had in its cache; absent: as input.' }),
    cache_write: price()
      .optional()
      .meta({ description: 'A prompt that the provider puts into its cache; absent: as input, with anthropic 1.25 times that.' }),
    output: price().meta({ description: 'A reply, thoughts included.' }),
  },
  { error: 'prices ({ input: 1.25, cached_input: 0.125, output: 10 })' },
);

/** What the models of a provider cost: the same for all, or each its own. */
export const pricesSchema = z.union([pricesOfModel, z.record(text(), pricesOfModel)], {
  error: 'prices in US dollars per million tokens ({ input: 1.25, output: 10 }), or such prices for each model (gpt-5: { … })',
});

export type PriceSettings = z.output<typeof pricesSchema>;

/** The prices that the settings give a model; undefined: none. */
export function pricesFor(prices: PriceSettings | undefined, model: string): z.output<typeof pricesOfModel> | undefined {
  if (prices === undefined) return undefined;
  if (isForAll(prices)) return prices;
  return Object.hasOwn(prices, model) ? prices[model] : undefined;
}

function isForAll(prices: PriceSettings): prices is z.output<typeof pricesOfModel> {
  return typeof prices['input'] === 'number';
}
