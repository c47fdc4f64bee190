import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cost, costOfCall, costOfUsage, mostCost, noCost, sumCost } from '../../src/events/cost-of-call.ts';
import type { Usage } from '../../src/events/usage.ts';

const prices = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 };
const million = 1_000_000;
const dollar = 1e9;

describe('what the counts of a call cost', () => {
  it.each<[string, Usage, number]>([
    ['a prompt and a reply', { promptTokens: million, replyTokens: million }, 18],
    ['a prompt that the provider had in its cache', { promptTokens: million, cachedTokens: million, replyTokens: 0 }, 0.3],
    ['a prompt that it puts there', { promptTokens: million, cacheWriteTokens: million }, 3.75],
    ['a prompt of all three', { promptTokens: million, cachedTokens: 400_000, cacheWriteTokens: 200_000 }, 0.12 + 0.75 + 1.2],
    ['thoughts, which are part of the reply', { promptTokens: 0, replyTokens: million, reasoningTokens: 900_000 }, 15],
    ['nothing that was told', {}, 0],
    ['counts below zero, which give no money back', { promptTokens: -million, cachedTokens: -million, replyTokens: -million }, 0],
    ['a cache below zero', { promptTokens: million, cachedTokens: -million, cacheWriteTokens: -million }, 3],
    ['a cache that claims more than the prompt', { promptTokens: 10, cachedTokens: million }, 0.000003],
  ])('%s', (_, usage, dollars) => {
    expect(costOfUsage(usage, prices)).toBe(Math.round(dollars * dollar));
  });
});

describe('what a call has cost', () => {
  const call = { prices, promptTokens: 1000, replyTokens: 100 };
  it.each<[string, Parameters<typeof costOfCall>, Cost]>([
    [
      'is certain where both counts are told',
      [call, { usage: { promptTokens: 900, replyTokens: 10 } }],
      { least: 2_850_000, most: 2_850_000 },
    ],
    ['is nothing where it was answered with an error', [call, { refused: true }], { least: 0, most: 0 }],
    ['is up to what was set aside where nobody knows how it ended', [call, {}], { least: 0, most: 5_250_000 }],
    ['is at least what arrived of a reply that broke off', [call, { usage: { replyTokens: 10 } }], { least: 150_000, most: 5_250_000 }],
    [
      'has no upper end where nothing limited the reply',
      [{ ...call, replyTokens: undefined }, { usage: { replyTokens: 10 } }],
      { least: 150_000 },
    ],
  ])('%s', (_, given, cost) => {
    expect(costOfCall(...given)).toEqual(cost);
  });

  const count = fc.nat(100_000);
  const price = fc.integer({ min: 0, max: 1000 }).map((cents) => cents / 100);
  const anyPrices = fc.record({ input: price, cachedInput: price, cacheWrite: price, output: price });

  it('is never more than the most that prompt and reply can cost, whatever the cache held', () => {
    fc.assert(
      fc.property(anyPrices, count, count, count, count, (some, promptTokens, cachedTokens, cacheWriteTokens, replyTokens) => {
        const usage = { promptTokens, cachedTokens, cacheWriteTokens, replyTokens };
        expect(costOfUsage(usage, some)).toBeLessThanOrEqual(mostCost({ prices: some, promptTokens, replyTokens }));
      }),
    );
  });

  it('adds up to the same in any order', () => {
    const anyCost = fc.record({ least: count, most: fc.option(count, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(anyCost), (costs) => {
        const sum = (all: Cost[]) => all.reduce(sumCost, noCost);
        expect(sum(costs.toReversed())).toEqual(sum(costs));
        expect(sum(costs).least).toBe(costs.reduce((all, { least }) => all + least, 0));
        expect(sum(costs).most === undefined).toBe(costs.some(({ most }) => most === undefined));
      }),
    );
  });
});
