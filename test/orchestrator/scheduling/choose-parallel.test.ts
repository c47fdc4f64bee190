import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateParallel } from '../../../src/orchestrator/scheduling/estimate-parallel.ts';
import { chooseParallel, type ParallelOptions } from '../../../src/orchestrator/scheduling/choose-parallel.ts';

const chain = [
  { id: 'a', depends_on: [] },
  { id: 'b', depends_on: ['a'] },
];
const fork = [
  { id: 'a', depends_on: [] },
  { id: 'b', depends_on: ['a'] },
  { id: 'c', depends_on: ['a'] },
  { id: 'd', depends_on: ['b', 'c'] },
];
const unknown = () => undefined;
const sizes = { base: 2000, message: 300, reply: 600 };
const quick = { copies: 'kept', sizes, speed: { atOnce: 2, read: 1000, alone: 20, together: 38 } } as const;
const even = { ...quick, speed: { ...quick.speed, together: 21 } } as const;
/** A large requirement on a machine that reads slowly and cannot copy what it has read. */
const rereading = { copies: 'none', sizes: { ...sizes, base: 8000 }, speed: { atOnce: 2, read: 60, alone: 20, together: 30 } } as const;
const shared = (tokens: number) => (atOnce: number) => Math.floor(tokens / atOnce);

describe('chooseParallel', () => {
  it.each([
    ['a workflow without branches', { wanted: 5, slots: 4, contextOf: unknown, steps: chain }, 1, 'linear'],
    ['branches on one slot', { wanted: 5, slots: 1, contextOf: unknown, steps: fork }, 1, 'linear'],
    ['branches on four slots', { wanted: 5, slots: 4, contextOf: unknown, steps: fork }, 2, 'graph'],
    ['one at a time, as was asked for', { wanted: 1, slots: 4, contextOf: unknown, steps: fork }, 1, 'linear'],
    ['auto where slots are known and nothing was measured', { wanted: 'auto', slots: 2, contextOf: unknown, steps: fork }, 1, 'linear'],
    ['auto where two at once are quicker', { wanted: 'auto', slots: 2, contextOf: unknown, steps: fork, measured: quick }, 2, 'graph'],
    ['auto where two at once are as quick', { wanted: 'auto', slots: 2, contextOf: unknown, steps: fork, measured: even }, 1, 'linear'],
    [
      'auto where what is gained is read again',
      { wanted: 'auto', slots: 2, contextOf: unknown, steps: fork, measured: rereading },
      1,
      'linear',
    ],
    [
      'auto where reading again is cheaper than waiting',
      { wanted: 'auto', slots: 2, contextOf: unknown, steps: fork, measured: { ...quick, copies: 'none' } },
      2,
      'graph',
    ],
    ['auto where slots are not known', { wanted: 'auto', slots: undefined, contextOf: unknown, steps: fork }, 1, 'linear'],
    ['a number where slots are not known', { wanted: 3, slots: undefined, contextOf: unknown, steps: fork }, 2, 'graph'],
    ['a context with room for two', { wanted: 5, slots: 4, contextOf: shared(16_384), steps: fork }, 2, 'graph'],
    ['a context that two would have to share too finely', { wanted: 5, slots: 4, contextOf: shared(12_000), steps: fork }, 1, 'linear'],
  ] as const)('%s', (_, options, maxParallel, turns) => {
    expect(
      chooseParallel({ ...options, steps: [...options.steps].map((step) => ({ ...step, depends_on: [...step.depends_on] })) }),
    ).toMatchObject({ maxParallel, turns });
  });

  it.each([
    [
      { wanted: 5, slots: 4, contextOf: shared(8192), steps: fork },
      /context of 8192 tokens is too small to share, because each .* needs 8192/,
    ],
    [{ wanted: 'auto', slots: 2, contextOf: unknown, steps: chain, measured: quick }, /no branches/],
    [{ wanted: 1, slots: 2, contextOf: unknown, steps: fork }, /one task at a time was asked for/],
    [{ wanted: 'auto', slots: undefined, contextOf: unknown, steps: fork }, /does not tell how many/],
    [{ wanted: 'auto', slots: 1, contextOf: unknown, steps: fork }, /answers one request at a time/],
    [{ wanted: 'auto', slots: 2, contextOf: unknown, steps: fork }, /was not measured/],
    [
      { wanted: 'auto', slots: 2, contextOf: unknown, steps: fork, measured: quick },
      /20.0 tokens\/s alone and 38.0 with 2 at once.* % less time/,
    ],
    [
      { wanted: 'auto', slots: 2, servers: 2, contextOf: unknown, steps: fork, measured: quick },
      /the 2 model servers write .* and copy what/,
    ],
    [{ wanted: 'auto', slots: 2, contextOf: unknown, steps: fork, measured: rereading }, /would read again.*as quick/],
    [{ wanted: 2, slots: 4, contextOf: unknown, steps: fork }, /that many were asked for/],
    [{ wanted: 5, slots: 4, contextOf: unknown, steps: fork }, /5 were asked for, and no more can be/],
  ] satisfies [ParallelOptions, RegExp][])('says why: %#', (options, reason) => {
    expect(chooseParallel(options).reason).toMatch(reason);
  });

  it('never asks for more than was wanted, nor chooses by itself what its own estimate calls slower', () => {
    const speeds = fc.record({
      read: fc.integer({ min: 1, max: 5000 }),
      alone: fc.integer({ min: 1, max: 200 }),
      gain: fc.double({ min: 0.5, max: 4, noNaN: true }),
    });
    const wanted = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant('auto' as const));
    fc.assert(
      fc.property(
        wanted,
        fc.integer({ min: 1, max: 6 }),
        speeds,
        fc.constantFrom('kept', 'none'),
        fc.nat(20_000),
        (count, slots, { read, alone, gain }, copies, base) => {
          const measured = { copies, sizes: { ...sizes, base }, speed: { atOnce: slots, read, alone, together: alone * gain } };
          const { maxParallel, turns } = chooseParallel({ wanted: count, slots, contextOf: unknown, steps: fork, measured });
          expect(maxParallel).toBeLessThanOrEqual(Math.min(slots, count === 'auto' ? slots : count));
          expect(turns).toBe(maxParallel === 1 ? 'linear' : 'graph');
          const secondsOf = (atOnce: number) => estimateParallel({ ...measured, steps: fork, atOnce });
          expect(count === 'auto' && secondsOf(maxParallel) > secondsOf(1)).toBe(false);
        },
      ),
    );
  });
});

describe('the estimate', () => {
  it('is reading and writing, one after the other', () => {
    // 2000 before everything, 300 for each message; what was written is not read again.
    expect(estimateParallel({ steps: chain, atOnce: 1, speed: quick.speed, copies: 'none', sizes })).toBeCloseTo(2600 / 1000 + 1200 / 20);
  });

  it('has branches read what the others wrote, and what they share only where nothing is copied', () => {
    const at = (copies: 'kept' | 'none') => estimateParallel({ steps: fork, atOnce: 2, speed: quick.speed, copies, sizes });
    const writing = 600 / 20 + 1200 / 38 + 600 / 20;
    // The join reads the reply of the other branch.
    expect(at('kept')).toBeCloseTo((2000 + 4 * 300 + 900) / 1000 + writing);
    expect(at('none') - at('kept')).toBeCloseTo((2000 + 300 + 600) / 1000);
  });
});
