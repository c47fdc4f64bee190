import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('Go without tests', () => {
  it.each([
    ['compiles', 'go-vet-passed', { kind: 'passed' }],
    [
      'does not compile',
      'go-vet-failed',
      {
        kind: 'failed',
        firstFailure: expect.stringContaining(
          'vet: ./main.go:6:19: cannot use 3 (untyped int constant) as string value in variable declaration',
        ),
      },
    ],
    ['lacks a package', 'go-vet-missing-package', { kind: 'missing_package', name: 'github.com/absent/sums' }],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'go vet', verdict }]);
  });
});
