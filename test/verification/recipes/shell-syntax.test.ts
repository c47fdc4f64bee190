import { describe, expect, it } from 'vitest';
import { judgeRecording } from '../recording.ts';

describe('shell programs', () => {
  it.each([
    ['can be read', 'shell-passed', { kind: 'passed' }],
    [
      'cannot be read',
      'shell-failed',
      { kind: 'failed', firstFailure: expect.stringContaining('run.sh: line 4: syntax error: unexpected end of file') },
    ],
  ])('%s', async (_, recording, verdict) => {
    expect(await judgeRecording(recording)).toMatchObject([{ recipe: 'shell syntax', verdict }]);
  });
});
