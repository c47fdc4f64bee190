import { describe, expect, it } from 'vitest';
import { readUnittest } from '../../../src/verification/reports/read-unittest.ts';

describe('what unittest prints', () => {
  it('counts by its last sum where the names are lost', () => {
    const output =
      '… 70000 bytes left out …\nRan 1 test in 0.1s\n\nOK\n\nRan 9 tests in 0.1s\n\nFAILED (failures=2, errors=1, skipped=1)\n';
    expect(readUnittest(output)).toEqual({ passed: 5, failed: 3, skipped: 1, tests: [] });
  });

  it('counts what prepares a class as a failure and not as a test that ran', () => {
    const output = `${'='.repeat(70)}\nERROR: setUpClass (test_a.A)\n${'-'.repeat(70)}\nValueError: no\n\n${'-'.repeat(70)}\nRan 2 tests in 0.1s\n\nFAILED (errors=1)\n`;
    expect(readUnittest(output)).toMatchObject({
      passed: 2,
      failed: 1,
      tests: [{ name: 'setUpClass (test_a.A)', message: 'ValueError: no\n' }],
    });
  });

  it('takes an unexpected success for a failure', () => {
    expect(readUnittest('Ran 2 tests in 0.1s\n\nFAILED (unexpected successes=1)\n')).toMatchObject({ passed: 1, failed: 1 });
  });

  it('is none where the process ended before', () => {
    expect(readUnittest('test_a (test_a.A.test_a) ... ok\n')).toBeUndefined();
  });
});
