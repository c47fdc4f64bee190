import { describe, expect, it } from 'vitest';
import { chooseSandbox, requireSandbox, sandboxForOwnCommand } from '../../src/sandbox/choose-sandbox.ts';
import { defaultLimits } from '../../src/sandbox/limits.ts';
import { Unsupported } from '../../src/sandbox/unsupported.ts';

describe('which sandbox a machine has', () => {
  it.each([
    ['linux', 'auto', 'bubblewrap'],
    ['darwin', 'auto', 'sandbox-exec'],
    ['win32', 'auto', 'unsupported'],
    ['linux', 'off', 'off'],
    ['win32', 'off', 'off'],
  ] as const)('%s with %s: %s', (system, wanted, kind) => {
    expect(chooseSandbox(wanted, system).kind).toBe(kind);
  });

  it('a system without one runs nothing instead, and says how to do without', async () => {
    const sandbox = chooseSandbox('auto', 'win32');
    const { signal } = new AbortController();
    const command = { command: 'exit 0', folder: '/', environment: {}, network: 'none', limits: defaultLimits(1000), signal } as const;
    expect((await sandbox.run(command)).outcome).toBe('not_started');
    await expect(requireSandbox(sandbox)).rejects.toMatchObject({
      code: 'sandbox.missing',
      message: expect.stringContaining('none for Windows yet') as string,
      hint: expect.stringContaining('--sandbox off') as string,
    });
  });

  it('without one a command runs as the person, in the folder itself', async () => {
    const { signal } = new AbortController();
    const result = await chooseSandbox('off').run({
      command: 'pwd',
      folder: '/',
      environment: {},
      network: 'none',
      limits: defaultLimits(10_000),
      signal,
    });
    expect(result).toMatchObject({ outcome: 'passed', output: '/\n' });
  });
});

describe('where a command runs that a person typed', () => {
  it('without a sandbox, and with why, on a machine that has none', async () => {
    expect(await sandboxForOwnCommand('auto', new Unsupported('sunos'))).toMatchObject({
      sandbox: { kind: 'off' },
      probe: { state: 'missing', why: expect.stringMatching(/./) as string, hint: expect.stringMatching(/./) as string },
    });
  });

  it('without one where the person says so', async () => {
    expect(await sandboxForOwnCommand('off')).toMatchObject({ sandbox: { kind: 'off' }, probe: { state: 'ready' } });
  });
});
