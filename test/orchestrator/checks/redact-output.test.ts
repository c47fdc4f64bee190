import { describe, expect, it } from 'vitest';
import { CappedOutput } from '../../../src/sandbox/capped-output.ts';
import { redactOutput } from '../../../src/orchestrator/checks/redact-output.ts';

const secret = 'correct-horse-battery-staple';

describe('redactOutput', () => {
  it('leaves no piece of a secret beside the gap, wherever the gap cuts it', () => {
    for (let before = 0; before <= secret.length; before += 1) {
      const output = new CappedOutput(200);
      output.add(Buffer.from(`${'.'.repeat(100 - before - 1)} ${secret} ${'x '.repeat(300)}${secret} ${'.'.repeat(100 - before - 1)}`));
      const clean = redactOutput(output.text, { secrets: [secret] });
      expect(clean).toContain('bytes left out');
      for (let length = 4; length <= secret.length; length += 1) {
        expect(clean).not.toContain(secret.slice(0, length));
        expect(clean).not.toContain(secret.slice(-length));
      }
    }
  });

  it('keeps an output without a gap as it is, but for its secrets', () => {
    expect(redactOutput(`one ${secret}\ntwo\n`, { secrets: [secret] })).toBe('one [redacted]\ntwo\n');
  });
});
