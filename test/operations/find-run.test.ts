import { describe, expect, it } from 'vitest';
import { findAmong } from '../../src/operations/find-run.ts';

const runs = ['20261121-093015042-k3f9', '20261120-101500000-abcd'];

describe('findAmong', () => {
  it('finds the run that is meant', () => {
    expect(findAmong(runs, 'abcd')).toBe(runs[1]);
  });

  it.each([
    ['run.ambiguous', runs, '2026', '"2026" could be 2 runs: 20261121-093015042-k3f9, 20261120-101500000-abcd.'],
    ['run.not_found', runs, 'zzzz', 'There is no run "zzzz" in this workspace.'],
    ['run.not_found', [], 'latest', 'This workspace has no runs yet.'],
  ])('refuses with %s', (code, among, reference, message) => {
    const find = () => findAmong(among, reference);
    expect(find).toThrow(expect.objectContaining({ code, category: 'usage', message, hint: expect.any(String) }));
  });
});
