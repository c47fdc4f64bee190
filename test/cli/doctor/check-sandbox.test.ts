import { describe, expect, it } from 'vitest';
import { checkSandbox } from '../../../src/cli/doctor/check-sandbox.ts';
import { chooseSandbox } from '../../../src/sandbox/choose-sandbox.ts';
import type { SandboxProbe } from '../../../src/sandbox/sandbox.ts';

const found = (probe: SandboxProbe) =>
  checkSandbox({ kind: 'bubblewrap', probe: () => Promise.resolve(probe), run: () => Promise.reject(new Error('nothing is run')) });

describe('what doctor says of the sandbox', () => {
  it('that it works, and what it does not hold back', async () => {
    expect(await found({ state: 'ready', name: 'bubblewrap 0.6.1', lacks: ['no sizes'] })).toEqual([
      { check: 'sandbox', state: 'ok', message: 'bubblewrap 0.6.1 works: checks have no network, an empty home and no secrets' },
      { check: 'sandbox', state: 'warning', message: 'no sizes' },
    ]);
  });

  it('why there is none, and the mend', async () => {
    expect(await found({ state: 'missing', why: 'bubblewrap is not installed', hint: 'Install it' })).toEqual([
      { check: 'sandbox', state: 'warning', message: 'checks cannot be run: bubblewrap is not installed', hint: 'Install it' },
    ]);
  });

  it('that a person has switched it off', async () => {
    expect(await checkSandbox(chooseSandbox('off'))).toMatchObject([
      { state: 'warning', message: expect.stringContaining('run as you') as string },
    ]);
  });
});
