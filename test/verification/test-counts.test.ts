import { describe, expect, it } from 'vitest';
import { testCounts } from '../../src/verification/test-counts.ts';

describe('what a runner of tests printed at its end', () => {
  it.each([
    ['pytest', '..F\n=== short test summary info ===\nFAILED test_a.py::test\n==== 1 failed, 12 passed, 2 warnings in 0.12s ====\n', 12, 1],
    ['pytest -q', '............\n12 passed in 0.02s\n', 12, 0],
    ['pytest where all fail', '=== 3 failed in 0.10s ===\n', 0, 3],
    ['Jest', 'Test Suites: 1 failed, 2 passed, 3 total\nTests:       2 failed, 10 passed, 12 total\nSnapshots:   0 total\n', 10, 2],
    [
      'Vitest in colours',
      ' Test Files  1 passed (1)\n\u001B[2m      Tests \u001B[22m \u001B[1m\u001B[32m12 passed\u001B[39m (12)\n',
      12,
      0,
    ],
    ['Vitest with failures', ' Test Files  1 failed (1)\n      Tests  1 failed | 11 passed (12)\n', 11, 1],
    [
      'cargo, for each crate',
      'test result: ok. 3 passed; 0 failed; 0 ignored\n\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n',
      5,
      1,
    ],
    ['.NET', 'Failed!  - Failed:     1, Passed:    11, Skipped:     0, Total:    12\r\n', 11, 1],
    ['Mocha', '  12 passing (30ms)\n  2 failing\n\n  1) adds\n', 12, 2],
    ['Playwright', '  1 failed\n    a.spec.ts\n  11 passed (3.1s)\n', 11, 1],
    ['Node', '# tests 12\n# pass 11\n# fail 1\n# cancelled 0\n', 11, 1],
    ['Node in a terminal', 'ℹ tests 2\nℹ pass 2\nℹ fail 0\n', 2, 0],
  ])('%s', (_, output, passed, failed) => {
    expect(testCounts(output)).toEqual({ passed, failed });
  });

  it.each([
    ['nothing', ''],
    ['a compiler', 'src/a.ts(1,1): error TS1005\nFound 3 errors.\n'],
    ['prose about tests', 'The 3 passed parameters are wrong. 12 passed by value.\n'],
  ])('is not made up out of what %s printed', (_, output) => {
    expect(testCounts(output)).toBeUndefined();
  });

  // By trying each beginning against each end this would not come to its end.
  it('is looked for in one go whatever else stands there', () => {
    const output = `Tests ${'1'.repeat(65_000)}\n=${'= '.repeat(30_000)}\n${'1 '.repeat(30_000)}\ntest result: ${'9 '.repeat(30_000)}`;
    expect(testCounts(output)).toBeUndefined();
  });
});
