import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RateLimits, RateWindow } from '../../../src/llm/limits/rate-window.ts';

interface Begun {
  owner: string;
  at: number;
  tokens: number;
}

const limits = fc.record({
  tokensPerMinute: fc.option(fc.integer({ min: 10, max: 1000 }), { nil: undefined }),
  requestsPerMinute: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  minIntervalMilliseconds: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
});

const requests = fc.array(
  fc.record({
    owner: fc.constantFrom('a', 'b', 'c'),
    /** Milliseconds after the one before. */
    after: fc.integer({ min: 0, max: 30_000 }),
    tokens: fc.integer({ min: 1, max: 1000 }),
    /** Of what was reserved. */
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Lets all requests come and begin, each corrected at once to a share of what it reserved. The clock jumps to whatever happens next. */
function run(allowed: RateLimits, asked: { owner: string; after: number; tokens: number; share: number }[]): Begun[] {
  const window = new RateWindow(allowed);
  const waiting = new Map<number, { owner: string; tokens: number; share: number }>();
  const begun: Begun[] = [];
  let now = 0;
  const letIn = () => {
    for (const id of window.admit(now)) {
      const { owner, tokens, share } = waiting.get(id) ?? { owner: '', tokens: 0, share: 0 };
      waiting.delete(id);
      const taken = Math.floor(Math.min(tokens, window.largest) * share);
      window.correct(id, taken);
      begun.push({ owner, at: now, tokens: taken });
    }
  };
  let comes = 0;
  for (const request of asked) {
    comes += request.after;
    for (let opens = window.opensAt(now); opens !== undefined && opens <= comes; opens = window.opensAt(now)) {
      now = opens;
      letIn();
    }
    now = comes;
    waiting.set(window.ask(request.owner, request.tokens), request);
    letIn();
  }
  for (let opens = window.opensAt(now); opens !== undefined; opens = window.opensAt(now)) {
    now = opens;
    letIn();
  }
  return begun;
}

describe('what a provider allows in each minute', () => {
  it('is never exceeded in any 60 seconds, and two requests are as far apart as they must be', () => {
    fc.assert(
      fc.property(limits, requests, (allowed, asked) => {
        const begun = run(allowed, asked);
        const windows = begun.map(({ at }) => begun.filter((other) => other.at >= at && other.at < at + 60_000));
        const most = Math.max(...windows.map((own) => own.reduce((sum, { tokens }) => sum + tokens, 0)));
        expect(most).toBeLessThanOrEqual(allowed.tokensPerMinute ?? Infinity);
        expect(Math.max(...windows.map((own) => own.length))).toBeLessThanOrEqual(allowed.requestsPerMinute ?? Infinity);
        const gaps = begun.slice(1).map(({ at }, index) => at - (begun[index]?.at ?? 0));
        expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(allowed.minIntervalMilliseconds ?? 0);
      }),
    );
  });

  it('lets every request in at last, each owner in its order', () => {
    fc.assert(
      fc.property(limits, requests, (allowed, asked) => {
        const begun = run(
          allowed,
          asked.map((request) => ({ ...request, share: 1 })),
        );
        const largest = allowed.tokensPerMinute ?? Infinity;
        const of = (name: string, all: { owner: string; tokens: number }[]) =>
          all.filter(({ owner }) => owner === name).map(({ tokens }) => Math.min(tokens, largest));
        expect(['a', 'b', 'c'].map((name) => of(name, begun))).toEqual(['a', 'b', 'c'].map((name) => of(name, asked)));
      }),
    );
  });

  it('is shared in turns: whoever asks for much does not keep others waiting for more than one request each', () => {
    const window = new RateWindow({ requestsPerMinute: 1 });
    const many = [1, 2, 3, 4].map(() => window.ask('greedy', 1));
    const one = window.ask('modest', 1);
    const order = [0, 60_000, 120_000, 180_000, 240_000].flatMap((time) => window.admit(time));
    expect(order).toEqual([many[0], one, ...many.slice(1)]);
  });

  it('is not passed over by small requests where a large one is next', () => {
    const window = new RateWindow({ tokensPerMinute: 100 });
    const [first] = [window.ask('a', 60)];
    expect(window.admit(0)).toEqual([first]);
    const large = window.ask('b', 90);
    const small = window.ask('c', 10);
    expect(window.admit(1000)).toEqual([]);
    expect(window.opensAt(1000)).toBe(60_000);
    expect(window.admit(60_000)).toEqual([large, small]);
  });

  it('has room again as soon as a request is known to have taken less, or is given up', () => {
    const window = new RateWindow({ tokensPerMinute: 100 });
    const first = window.ask('a', 100);
    window.admit(0);
    const second = window.ask('b', 50);
    const third = window.ask('c', 40);
    window.correct(first, 60);
    expect(window.admit(10)).toEqual([]);
    window.withdraw(second);
    expect(window.admit(10)).toEqual([third]);
    expect(window.hasBegun(third)).toBe(true);
  });

  it('is closed as long as the server says, and a clock that is set back changes nothing', () => {
    const window = new RateWindow({ requestsPerMinute: 10 });
    window.close(5000);
    const first = window.ask('a', 1);
    expect(window.admit(4999)).toEqual([]);
    expect(window.admit(5000)).toEqual([first]);
    const second = window.ask('a', 1);
    expect(window.admit(-1_000_000)).toEqual([second]);
  });
});
