import { expect, test } from 'vitest';
import { estimateLines } from '../../../src/cli/wizard/estimate-lines.ts';

const cost = { least: 100_000_000, most: 400_000_000, steps: 3, runs: 0, unpriced: [] };

test.each([
  ['nothing', { time: undefined, cost: undefined }, []],
  ['one run', { time: { milliseconds: 240_000, runs: 1 }, cost: undefined }, ['Estimated time: about 4 min, by an earlier run.']],
  ['several runs', { time: { milliseconds: 2, runs: 3 }, cost: undefined }, ['Estimated time: under a minute, by 3 earlier runs.']],
])('of what is known by %s as much is said', (_, foreseen, lines) => expect(estimateLines(foreseen)).toEqual(lines));

test('a cost is said as it is when the run begins', () => {
  expect(estimateLines({ time: undefined, cost })).toEqual([
    'Estimated cost: $0.10 to $0.40, for 3 steps, each of them asked once. Corrections and repairs come on top.',
  ]);
});
