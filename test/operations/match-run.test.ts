import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRun } from '../../src/operations/match-run.ts';
import { createRunId } from '../../src/utils/run-id.ts';

const runs = ['20261121-093015042-k3f9', '20261120-101500000-abcd', '20261120-093000000-k3f8'];

describe('matchRun', () => {
  it.each([
    ['a whole id', '20261120-101500000-abcd', { kind: 'found', run: runs[1] }],
    ['a unique beginning', '20261121', { kind: 'found', run: runs[0] }],
    ['a unique end', 'k3f9', { kind: 'found', run: runs[0] }],
    ['an end in capital letters', 'K3F9', { kind: 'found', run: runs[0] }],
    ['latest', 'latest', { kind: 'found', run: runs[0] }],
    ['a beginning that two have', '20261120', { kind: 'ambiguous', candidates: [runs[1], runs[2]] }],
    ['a mistyped end', 'abce', { kind: 'unknown', nearest: runs[1] }],
    ['a mistyped id', '20261120-101500000-abce', { kind: 'unknown', nearest: runs[1] }],
    ['something else', 'nothing-of-the-kind', { kind: 'unknown', nearest: undefined }],
    ['nothing', ' ', { kind: 'unknown', nearest: undefined }],
  ])('takes %s for what it can only mean', (_, reference, match) => {
    expect(matchRun(reference, runs)).toEqual(match);
  });

  it('finds nothing where there are no runs', () => {
    expect(matchRun('latest', [])).toEqual({ kind: 'unknown', nearest: undefined });
  });

  it('never takes one run for another: what it finds begins or ends with the reference, and no other does', () => {
    const ids = fc.uniqueArray(
      fc.integer({ min: 0, max: 10_000_000_000_000 }).map((time) => createRunId(time)),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), fc.boolean(), (all, which, length, side) => {
        const run = all[which % all.length] as string;
        const count = 1 + (length % run.length);
        const reference = side ? run.slice(-count) : run.slice(0, count);
        const fitting = all.filter((id) => id === reference || id.startsWith(reference) || id.endsWith(reference));
        const match = matchRun(reference, all);
        const expected =
          fitting.length === 1
            ? { kind: 'found', run }
            : fitting.includes(reference)
              ? { kind: 'found', run: reference }
              : { kind: 'ambiguous', candidates: fitting };
        expect(match).toEqual(expected);
      }),
    );
  });
});
