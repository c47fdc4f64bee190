import { expect, test } from 'vitest';
import { fuzzFiles } from '../fuzz/fuzz-files.ts';

test('whatever a reply holds, nothing throws and nothing leads out of the folder', async () => {
  const { runs, blocks, written } = await fuzzFiles({ runs: 3000, seconds: Infinity, seed: 7, writeEvery: 50 });
  expect(runs).toBe(3000);
  expect(blocks).toBeGreaterThan(1000);
  expect(written).toBeGreaterThan(5);
});
