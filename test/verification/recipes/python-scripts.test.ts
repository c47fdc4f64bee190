import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('a Python program of assertions', () => {
  it.each([
    ['passes as one test', 'python-script-passed', { kind: 'passed', results: { passed: 1, failed: 0, skipped: 0 } }],
    [
      'fails by its exit code',
      'python-script-failed',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining('test_calc.py failed\nAssertionError: wrong sum\n  File "test_calc.py", line 4'),
      },
    ],
    ['lacks a package', 'python-script-missing-package', { kind: 'missing_package', name: 'absent_package' }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'python script', verdict }]);
  });
});
