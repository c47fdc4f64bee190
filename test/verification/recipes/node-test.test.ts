import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('tests of Node', () => {
  it.each([
    ['pass', 'node-passed', { kind: 'passed', results: { passed: 2, failed: 0, skipped: 1 } }],
    [
      'fail, whatever they print of a better end',
      'node-failed',
      {
        kind: 'failed',
        results: { passed: 1, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining(
          'failed\nExpected values to be strictly deep-equal:\n+ actual - expected\n+   total: 3\n-   total: 4\n',
        ),
      },
    ],
    ['are none', 'node-empty', { kind: 'no_tests' }],
    ['lack a package', 'node-missing-package', { kind: 'missing_package', name: 'absent-package' }],
    [
      'import a file that is not there',
      'node-own-module',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining("Error: Cannot find module './calc.js'"),
      },
    ],
    ['in TypeScript pass', 'node-typescript-passed', { kind: 'passed', results: { passed: 1, failed: 0, skipped: 0 } }],
    [
      'in TypeScript that Node cannot run',
      'node-typescript-without-endings',
      { kind: 'not_run', why: 'Node runs TypeScript only where imports name files with their ending (.ts)' },
    ],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'node --test', verdict }]);
  });
});
