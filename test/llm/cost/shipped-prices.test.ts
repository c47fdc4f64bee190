import { expect, it } from 'vitest';
import { shippedPriceOf, shippedPrices } from '../../../src/llm/cost/shipped-prices.ts';

const { written, services } = shippedPrices();

it('the table of prices says when it was written', () => {
  expect(written).toMatch(/^20\d\d-\d\d-\d\d$/);
});

it.each(services.map(({ host, models }) => [host, models] as const))(
  'the rows of %s have prices that make sense, and each name once',
  (_, models) => {
    const names = models.flatMap((row) => row.names);
    expect(new Set(names).size).toBe(names.length);
    for (const { input, cached_input: cached = input, cache_write: write = input, output } of models) {
      expect(input).toBeGreaterThan(0);
      expect(cached).toBeLessThan(input);
      expect(write).toBeGreaterThanOrEqual(input);
      expect(output).toBeGreaterThan(input);
    }
  },
);

it.each([
  ['api.openai.com', 'gpt-4.1', { input: 2, cachedInput: 0.5, cacheWrite: 2, output: 8 }],
  ['api.anthropic.com', 'claude-haiku-4-5', { input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 5 }],
  // A version with another price, another host, another spelling: none of them is guessed.
  ['api.openai.com', 'gpt-4o-2024-05-13', undefined],
  ['gateway.example', 'gpt-4.1', undefined],
  ['api.openai.com', 'GPT-4.1', undefined],
])('at %s the price of %s is known as it is', (host, model, prices) => {
  expect(shippedPriceOf(host, model)).toEqual(prices);
});
