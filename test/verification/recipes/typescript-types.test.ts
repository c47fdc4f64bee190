import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('the types of TypeScript', () => {
  it.each([
    ['hold', 'typescript-passed', { kind: 'passed' }],
    [
      'do not hold',
      'typescript-failed',
      {
        kind: 'failed',
        firstFailure: expect.stringContaining("calc.ts(1,54): error TS2322: Type 'number' is not assignable to type 'string'."),
      },
    ],
    ['are not known of a package', 'typescript-missing-package', { kind: 'missing_package', name: 'absent-package' }],
    [
      'of a file that is not there',
      'typescript-own-module',
      { kind: 'failed', firstFailure: expect.stringContaining("calc.ts(1,21): error TS2307: Cannot find module './sums.js'") },
    ],
    [
      'without a tsconfig.json',
      'typescript-without-settings',
      { kind: 'failed', firstFailure: expect.stringContaining('src/calc.ts(1,54): error TS2322') },
    ],
    ['without TypeScript', 'typescript-not-installed', { kind: 'missing_package', name: 'typescript' }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'typescript types', verdict }]);
  });
});
