import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('Java files without a build file', () => {
  it.each([
    ['compile', 'javac-passed', { kind: 'passed' }],
    [
      'do not compile',
      'javac-failed',
      {
        kind: 'failed',
        firstFailure: expect.stringContaining('Calc.java:2: error: incompatible types: String cannot be converted to int'),
      },
    ],
    ['lack a package', 'javac-missing-package', { kind: 'missing_package', name: 'org.junit' }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'javac', verdict }]);
  });
});
