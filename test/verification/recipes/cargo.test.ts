import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('a Rust package', () => {
  it.each([
    [
      'whose tests pass, those of its documentation, too',
      'cargo-passed',
      { kind: 'passed', results: { passed: 2, failed: 0, skipped: 1 } },
    ],
    [
      'whose tests fail, whatever they print of a better end',
      'cargo-failed',
      { kind: 'failed', results: { passed: 1, failed: 1, skipped: 0 }, firstFailure: expect.stringContaining('tests::is_wrong failed') },
    ],
    ['without tests that are collected', 'cargo-empty', { kind: 'no_tests' }],
    ['that lacks a package', 'cargo-missing-package', { kind: 'missing_package', name: 'absent-package' }],
    [
      'that does not compile',
      'cargo-not-compiled',
      { kind: 'failed', firstFailure: expect.stringContaining('error[E0308]: mismatched types') },
    ],
    ['without tests', 'cargo-check-passed', { kind: 'passed' }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'cargo', verdict }]);
  });
});
