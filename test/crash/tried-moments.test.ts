import { expect, it } from 'vitest';
import { triedMoments } from './tried-moments.ts';

const moments = Array.from({ length: 11 }, (_, index) => index);

it('all moments are tried, where nobody asks for a sample', () => {
  expect(triedMoments(moments, 20_000, undefined)).toEqual(moments);
});

it('a sample is a quarter of them, and four days in a row try each of them once', () => {
  const days = [20_001, 20_002, 20_003, 20_004].map((day) => triedMoments(moments, day, 'sample'));
  for (const tried of days) expect([2, 3]).toContain(tried.length);
  expect(days.flat().toSorted((a, b) => a - b)).toEqual(moments);
});
