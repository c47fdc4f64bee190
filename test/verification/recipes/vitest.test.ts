import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('tests for Vitest', () => {
  it.each([
    ['pass', 'vitest-passed', { kind: 'passed', results: { passed: 1, failed: 0, skipped: 1 } }],
    [
      'fail',
      'vitest-failed',
      {
        kind: 'failed',
        results: { passed: 1, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining('calc.test.ts > add > is wrong failed\nexpected { total: 3 } to deeply equal { total: 4 }'),
      },
    ],
    ['are none', 'vitest-empty', { kind: 'no_tests' }],
    ['lack a package', 'vitest-missing-package', { kind: 'missing_package', name: 'absent-package' }],
    [
      'import a file that is not there',
      'vitest-own-module',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining("Cannot find module './sums' imported from calc.test.ts"),
      },
    ],
    ['without Vitest', 'vitest-not-installed', { kind: 'missing_package', name: 'vitest' }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'vitest', verdict }]);
  });
});
