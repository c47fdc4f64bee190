import { describe, expect, it } from 'vitest';
import type { EarlierCost } from '../../../src/orchestrator/cost/earlier-costs.ts';
import { estimateCost, type PlannedCall } from '../../../src/orchestrator/cost/estimate-cost.ts';

const prices = { input: 10, cachedInput: 1, cacheWrite: 10, output: 100 };
const step = (task: string, more: Partial<PlannedCall> = {}): PlannedCall => ({
  task,
  place: 'work',
  model: 'large',
  price: { kind: 'priced', prices },
  promptTokens: 2000,
  replyCap: 1000,
  ...more,
});
const earlier = (run: string, task: string, least: number, most?: number): EarlierCost => ({
  run,
  task,
  place: 'work',
  model: 'large',
  least,
  most,
});

describe('what a run will cost', () => {
  it('is between short replies to what may be in the cache, and the longest replies to all that was written before', () => {
    const estimate = estimateCost([step('a'), step('b')], []);
    expect(estimate).toEqual({
      // Half of the estimated prompts from the cache, and two replies of 50 tokens.
      least: 2 * (1000 * 1 + 50 * 100) * 1000,
      most: (2000 * 10 + 1000 * 100 + (2000 + 1000) * 10 + 1000 * 100) * 1000,
      steps: 2,
      runs: 0,
      unpriced: [],
    });
  });

  it('has no upper end where nothing limits a reply', () => {
    expect(estimateCost([step('a', { replyCap: undefined })], [])).not.toHaveProperty('most');
    // What it writes stands before what comes next.
    expect(estimateCost([step('a', { replyCap: undefined, price: { kind: 'free' } }), step('b')], [])).not.toHaveProperty('most');
  });

  it('is around what the steps cost in earlier runs with the same model', () => {
    const costs = [earlier('r1', 'a', 6), earlier('r2', 'a', 7, 9), { ...earlier('r2', 'b', 1), model: 'small' }];
    const estimate = estimateCost([step('a'), step('b')], costs);
    const alone = estimateCost([step('b')], []);
    expect(estimate?.runs).toBe(2);
    expect(estimate?.least).toBe(3 + (alone?.least ?? NaN));
    expect(estimate?.most).toBe(18 + (2000 + 1000) * 10_000 + 1000 * 100_000);
  });

  it('names models without a price, and says nothing where nobody is paid', () => {
    const unknown = { price: { kind: 'unknown' as const } };
    expect(estimateCost([step('a', unknown), step('b', unknown)], [])).toMatchObject({
      least: 0,
      steps: 0,
      unpriced: [{ place: 'work', model: 'large' }],
    });
    expect(estimateCost([step('a', { price: { kind: 'free' } })], [])).toBeUndefined();
    expect(estimateCost([], [])).toBeUndefined();
  });
});
