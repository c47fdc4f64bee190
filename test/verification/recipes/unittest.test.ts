import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe("Python's own tests", () => {
  it.each([
    [
      'pass, in a folder with the name of a package of Python',
      'unittest-passed',
      { kind: 'passed', results: { passed: 2, failed: 0, skipped: 1 } },
    ],
    [
      'fail, whatever they print of a better end',
      'unittest-failed',
      {
        kind: 'failed',
        results: { passed: 2, failed: 3, skipped: 0 },
        firstFailure: expect.stringContaining(
          'test_error (test_calc.TestAdd.test_error) failed\n    raise ValueError("broken")\nValueError: broken\n  File "test_calc.py", line 14, in test_error',
        ),
      },
    ],
    ['are none', 'unittest-empty', { kind: 'no_tests' }],
    ['lack a package', 'unittest-missing-package', { kind: 'missing_package', name: 'absent_package' }],
    [
      'import what a module of the files does not have',
      'unittest-own-module',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining("ImportError: cannot import name 'subtract' from 'calc' (calc.py)"),
      },
    ],
    [
      'import a module that should be among the files',
      'unittest-own-module-missing',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining("ModuleNotFoundError: No module named 'calc.sums'"),
      },
    ],
    [
      'are ended by what they import, with exit code 0',
      'unittest-process-ended',
      { kind: 'failed', firstFailure: expect.stringContaining('something in the files ends the process') },
    ],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'unittest', verdict }]);
  });
});

it('of one name in two folders are told one behind the other', async () => {
  const judged = await judgeRecording('unittest-two-of-a-name');
  expect(judged.map(({ verdict }) => verdict.kind === 'passed' && verdict.results?.tests.map(({ name }) => name))).toEqual([
    ['test_a (test_calc.TestAdd.test_a)'],
    ['test_b (test_calc.TestAdd.test_b)'],
  ]);
});
