import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/sandbox/limits.ts';
import { Unconfined } from '../../src/sandbox/unconfined.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = (command: string, folder: string) => {
  const { signal } = new AbortController();
  const environment = { PATH: '/usr/bin:/bin' };
  return new Unconfined().run({ command, folder, environment, network: 'none', limits: defaultLimits(30_000), signal });
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Also where nobody has fetched it yet. */
function hasEnded(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true;
  }
}

describe('without a sandbox', () => {
  it('a command works on the files themselves', async () => {
    const folder = temporaryFolder();
    expect((await run('echo a > a.txt', folder)).outcome).toBe('passed');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a\n');
  });

  it.skipIf(!existsSync('/proc/self/environ'))('what has left its group and its parent is ended with it, too', async () => {
    const folder = temporaryFolder();
    const daemon = `setsid sh -c 'echo $$ > pid.part; mv pid.part pid; while :; do sleep 1; done' > /dev/null 2>&1 &`;
    const result = await run(`(${daemon}) ; while ! test -e pid; do sleep 0.01; done`, folder);
    expect(result.outcome).toBe('passed');
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
    await until(() => hasEnded(pid));
  });
});
