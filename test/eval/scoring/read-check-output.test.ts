import { describe, expect, it } from 'vitest';
import { readCheckOutput } from '../../../eval/src/scoring/read-check-output.ts';

const ended = (output: string, code: number | null = 0) => readCheckOutput({ code, output, errors: 'Traceback\nKeyError: 1\n' });

describe('what a check printed', () => {
  it.each([
    ['counts with its totals', 'ok a\nnot ok b — why\n1/2\n', 0, { kind: 'scored', passed: 1, total: 2 }],
    ['counts for nothing with totals that its lines do not bear out', 'ok a\n2/2\n', 0, { kind: 'broken' }],
    ['counts for nothing with more passed than there were', 'ok a\nok b\n2/1\n', 0, { kind: 'broken' }],
    ['counts for nothing with no checks at all', '0/0\n', 0, { kind: 'broken' }],
    ['counts for nothing without totals', 'ok a\n', 0, { kind: 'broken', reason: 'It ended with 0 and without totals: KeyError: 1' }],
    ['counts for nothing where something follows the totals', 'ok a\n1/1\nthe end\n', 0, { kind: 'broken' }],
    ['counts for nothing where the check failed after its totals', 'ok a\n1/1\n', 1, { kind: 'broken' }],
    ['counts for nothing where a signal ended it', 'ok a\n1/1\n', null, { kind: 'broken' }],
    ['says why it was skipped', 'no Go compiler here\n', 77, { kind: 'skipped', reason: 'no Go compiler here' }],
  ] as const)('%s', (_, output, code, outcome) => {
    expect(ended(output, code)).toMatchObject(outcome);
  });
});
