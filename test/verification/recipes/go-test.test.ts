import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('tests of Go', () => {
  it.each([
    ['pass', 'go-passed', { kind: 'passed', results: { passed: 2, failed: 0, skipped: 1 } }],
    [
      'fail, one of them by a panic',
      'go-failed',
      {
        kind: 'failed',
        results: { passed: 1, failed: 2, skipped: 0 },
        firstFailure: expect.stringContaining('example.com/calc > TestAdd failed\n    calc_test.go:7: Add(1, 2) = 3, want 4'),
      },
    ],
    ['are none', 'go-empty', { kind: 'no_tests' }],
    ['lack a package', 'go-missing-package', { kind: 'missing_package', name: 'github.com/absent/sums' }],
    [
      'import a package that should be among the files',
      'go-own-package',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining('cannot find module providing package example.com/calc/sums'),
      },
    ],
    [
      'do not compile',
      'go-not-compiled',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining(
          './calc_test.go:6:19: cannot use Add(1, 2) (value of type int) as string value in variable declaration',
        ),
      },
    ],
    ['pass without a go.mod', 'go-without-module', { kind: 'passed', results: { passed: 1, failed: 0, skipped: 0 } }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'go test', verdict }]);
  });
});
