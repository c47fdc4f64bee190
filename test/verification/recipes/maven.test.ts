import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('a project of Maven', () => {
  it.each([
    ['whose tests pass', 'maven-passed', { kind: 'passed', results: { passed: 1, failed: 0, skipped: 1 } }],
    [
      'whose tests fail',
      'maven-failed',
      {
        kind: 'failed',
        results: { passed: 1, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining('CalcTest > isWrong failed\nexpected: <4> but was: <3>'),
      },
    ],
    ['without tests that are collected', 'maven-empty', { kind: 'no_tests' }],
    ['that lacks a package', 'maven-missing-package', { kind: 'missing_package', name: 'org.junit.jupiter:junit-jupiter:jar:0.0.1' }],
    [
      'that does not compile',
      'maven-not-compiled',
      {
        kind: 'failed',
        firstFailure: expect.stringContaining(
          '[ERROR] src/test/java/CalcTest.java:[8,26] incompatible types: int cannot be converted to java.lang.String',
        ),
      },
    ],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'maven', verdict }]);
  });
});
