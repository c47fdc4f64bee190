import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Spending } from '../../../src/llm/cost/spending.ts';

describe('what is set aside', () => {
  it('is the most that a call may cost, until what it has cost takes its place', () => {
    const spending = new Spending(100, 0);
    expect(spending.ask({ least: 10, most: 60 })).toEqual({ type: 'granted', id: 1, amount: 60 });
    expect(spending.left).toBe(40);
    spending.settle(1, 5);
    spending.settle(1, 5);
    expect([spending.left, spending.spent]).toEqual([95, 5]);
  });

  it('keeps others waiting while it may come back, and refuses what would not fit even then', () => {
    const spending = new Spending(100, 0);
    spending.ask({ least: 10, most: 60 });
    expect(spending.ask({ least: 10, most: 60 })).toEqual({ type: 'wait' });
    expect(spending.ask({ least: 101, most: 101 })).toEqual({ type: 'used_up', left: 100 });
  });

  it('is all that is left where nothing else is under way and that is enough', () => {
    const spending = new Spending(100, 50);
    expect(spending.ask({ least: 10, most: 60 })).toEqual({ type: 'granted', id: 1, amount: 50 });
  });

  it('tells those that wait when something has come back, and lets go of one that is aborted', async () => {
    const spending = new Spending(100, 0);
    spending.ask({ least: 1, most: 100 });
    const stop = new AbortController();
    const [told, stopped] = [spending.settled(undefined), spending.settled(stop.signal)];
    stop.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    spending.settle(1, 3);
    await told;
    expect(spending.left).toBe(97);
  });
});

/** What tasks do, in any order: ask, or end the oldest call that is under way, at any cost up to what was set aside. */
const step = fc.oneof(
  fc.record({ type: fc.constant('ask' as const), least: fc.nat(50), more: fc.nat(100) }),
  fc.record({ type: fc.constant('end' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

/** What is wrong with an answer, if anything is. */
function wrongIn(
  answer: ReturnType<Spending['ask']>,
  { least, left, atBest, underWay }: { least: number; left: number; atBest: number; underWay: number },
): string | undefined {
  if (answer.type === 'wait') return underWay > 0 ? undefined : 'it waits for nobody';
  if (answer.type === 'used_up') return least > atBest ? undefined : 'there was enough';
  if (answer.amount > left) return 'more is set aside than is left';
  return answer.amount >= least ? undefined : 'it is not enough';
}

it('whatever tasks ask and however calls end, no more is spent than the budget, and nobody waits where nothing is under way', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(200), fc.array(step, { maxLength: 60 }), (budget, spent, steps) => {
      const spending = new Spending(budget, Math.min(spent, budget));
      const underWay: { id: number; amount: number }[] = [];
      for (const each of steps) {
        const call = each.type === 'end' ? underWay.shift() : undefined;
        if (each.type === 'end') spending.settle(call?.id ?? 0, Math.floor((call?.amount ?? 0) * each.share));
        for (const asked of each.type === 'ask' ? [each] : []) {
          const before = { least: asked.least, left: spending.left, atBest: budget - spending.spent, underWay: underWay.length };
          const answer = spending.ask({ least: asked.least, most: asked.least + asked.more });
          expect(wrongIn(answer, before)).toBeUndefined();
          if (answer.type === 'granted') underWay.push(answer);
        }
        const aside = underWay.reduce((sum, { amount }) => sum + amount, 0);
        expect(spending.spent + aside).toBeLessThanOrEqual(budget);
      }
    }),
  );
});
