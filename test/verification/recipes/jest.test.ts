import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('tests for Jest', () => {
  it.each([
    ['pass', 'jest-passed', { kind: 'passed', results: { passed: 1, failed: 0, skipped: 1 } }],
    [
      'fail',
      'jest-failed',
      {
        kind: 'failed',
        results: { passed: 1, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining(
          'add is wrong failed\nError: expect(received).toEqual(expected) // deep equality\n- Expected  - 1\n+ Received  + 1\n-   "total": 4,\n+   "total": 3,\n    at Object.toEqual (calc.test.js:5:53)',
        ),
      },
    ],
    ['are none', 'jest-empty', { kind: 'no_tests' }],
    ['lack a package', 'jest-missing-package', { kind: 'missing_package', name: 'absent-package' }],
    [
      'import a file that is not there',
      'jest-own-module',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining("Cannot find module './sums' from 'calc.test.js'"),
      },
    ],
    ['without Jest', 'jest-not-installed', { kind: 'missing_package', name: 'jest' }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'jest', verdict }]);
  });
});
