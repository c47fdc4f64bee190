import { describe, expect, it } from 'vitest';
import { chooseParallel } from '../../src/orchestrator/choose-parallel.ts';

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
const shared = (tokens: number) => (atOnce: number) => Math.floor(tokens / atOnce);

describe('chooseParallel', () => {
  it.each([
    ['a workflow without branches', { wanted: 5, slots: 4, contextOf: unknown, steps: chain }, 1, 'linear'],
    ['branches on one slot', { wanted: 5, slots: 1, contextOf: unknown, steps: fork }, 1, 'linear'],
    ['branches on four slots', { wanted: 5, slots: 4, contextOf: unknown, steps: fork }, 2, 'graph'],
    ['one at a time, as was asked for', { wanted: 1, slots: 4, contextOf: unknown, steps: fork }, 1, 'linear'],
    ['auto where slots are known', { wanted: 'auto', slots: 2, contextOf: unknown, steps: fork }, 2, 'graph'],
    ['auto where slots are not known', { wanted: 'auto', slots: undefined, contextOf: unknown, steps: fork }, 1, 'linear'],
    ['a number where slots are not known', { wanted: 3, slots: undefined, contextOf: unknown, steps: fork }, 2, 'graph'],
    ['a context with room for two', { wanted: 5, slots: 4, contextOf: shared(16_384), steps: fork }, 2, 'graph'],
    ['a context that two would have to share too finely', { wanted: 5, slots: 4, contextOf: shared(12_000), steps: fork }, 1, 'linear'],
  ] as const)('%s', (_, options, maxParallel, turns) => {
    expect(
      chooseParallel({ ...options, steps: [...options.steps].map((step) => ({ ...step, depends_on: [...step.depends_on] })) }),
    ).toMatchObject({ maxParallel, turns });
  });

  it('says why', () => {
    expect(chooseParallel({ wanted: 5, slots: 4, contextOf: shared(8192), steps: fork }).reason).toMatch(/too small to share/);
  });
});
