import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('tests for pytest', () => {
  it.each([
    ['pass', 'pytest-passed', { kind: 'passed', results: { passed: 2, failed: 0, skipped: 1 } }],
    [
      'fail, whatever they print of a better end',
      'pytest-failed',
      {
        kind: 'failed',
        results: { passed: 1, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining(
          "test_calc > test_wrong failed\nAssertionError: assert {'total': 3} == {'total': 4}\ntest_calc.py:10: AssertionError",
        ),
      },
    ],
    ['are none', 'pytest-empty', { kind: 'no_tests' }],
    ['lack a package', 'pytest-missing-package', { kind: 'missing_package', name: 'absent_package' }],
    [
      'import what a module of the files does not have',
      'pytest-own-module',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining("ImportError: cannot import name 'subtract' from 'calc' (calc.py)"),
      },
    ],
    ['of one name in two folders', 'pytest-two-of-a-name', { kind: 'passed', results: { passed: 2, failed: 0, skipped: 0 } }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'pytest', verdict }]);
  });
});
