import { describe, expect, it } from 'vitest';
import { sandboxForOwnCommand } from '../../src/sandbox/sandbox-for-own-command.ts';
import { Unsupported } from '../../src/sandbox/unsupported.ts';

describe('where a command runs that a person typed', () => {
  it('without a sandbox, and with why, on a machine that has none', async () => {
    expect(await sandboxForOwnCommand('auto', new Unsupported('sunos'))).toMatchObject({
      sandbox: { kind: 'off' },
      probe: { state: 'missing', why: expect.stringMatching(/./) as string, mend: expect.stringMatching(/./) as string },
    });
  });

  it('without one where the person says so', async () => {
    expect(await sandboxForOwnCommand('off')).toMatchObject({ sandbox: { kind: 'off' }, probe: { state: 'ready' } });
  });
});
