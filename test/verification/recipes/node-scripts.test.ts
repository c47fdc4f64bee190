import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('a program of assertions for Node', () => {
  it.each([
    ['passes as one test', 'node-script-passed', { kind: 'passed', results: { passed: 1, failed: 0, skipped: 0 } }],
    [
      'fails by its exit code',
      'node-script-failed',
      {
        kind: 'failed',
        results: { passed: 0, failed: 1, skipped: 0 },
        firstFailure: expect.stringContaining(
          'test.js failed\nAssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n  actual: 3,\n  expected: 4,\n    at Object.<anonymous> (test.js:4:8)',
        ),
      },
    ],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'node script', verdict }]);
  });
});
