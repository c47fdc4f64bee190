import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CappedOutput } from '../../src/sandbox/capped-output.ts';
import { runProcess } from '../../src/sandbox/run-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = (command: string, options: Partial<Parameters<typeof runProcess>[0]> = {}) =>
  runProcess({
    command,
    folder: temporaryFolder(),
    environment: { PATH: '/usr/bin:/bin' },
    timeoutMilliseconds: 60_000,
    signal: new AbortController().signal,
    outputBytes: 64 * 1024,
    graceMilliseconds: 2000,
    ...options,
  });

function isAlive(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a process', () => {
  it.each([
    ['true', { outcome: 'passed', exitCode: 0 }],
    ['exit 3', { outcome: 'failed', exitCode: 3 }],
    ['no-such-program', { outcome: 'failed', exitCode: 127 }],
    ['echo out; echo err >&2', { outcome: 'passed', output: 'out\nerr\n' }],
    ['cat', { outcome: 'passed', output: '' }],
    ['echo "$SECRET-$PATH"', { output: '-/usr/bin:/bin\n' }],
  ])('%s ends as it says', async (command, expected) => {
    expect(await run(command)).toMatchObject(expected);
  });

  it('does not begin where there is no folder', async () => {
    expect(await run('true', { folder: join(temporaryFolder(), 'missing') })).toMatchObject({ outcome: 'not_started' });
  });

  it.each([
    ['is longer than the system takes', `true ${'x'.repeat(300_000)}`],
    ['holds a zero', 'true \0'],
  ])('does not begin where the command %s', async (_, command) => {
    expect(await run(command)).toMatchObject({ outcome: 'not_started', output: expect.stringMatching(/\S/) });
  });

  it('does not begin when it is stopped before', async () => {
    const folder = temporaryFolder();
    expect(await run('touch begun', { folder, signal: AbortSignal.abort() })).toMatchObject({ outcome: 'stopped' });
    expect(existsSync(join(folder, 'begun'))).toBe(false);
  });

  it('goes with everything it started when its time is over', async () => {
    const folder = temporaryFolder();
    const endless = 'sh -c \'trap "" TERM; echo $$ > pid; while :; do :; done\'';
    // A busy machine may take longer than its time to begin with it.
    for (let timeoutMilliseconds = 300; !existsSync(join(folder, 'pid')); timeoutMilliseconds *= 3) {
      const result = await run(endless, { folder, timeoutMilliseconds, graceMilliseconds: 50 });
      expect(result.outcome).toBe('timed_out');
    }
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await until(() => !isAlive(pid));
  });

  it('goes when it is stopped', async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const running = run('echo $$ > pid.part; mv pid.part pid; sleep 1000', { folder, signal: stop.signal });
    await until(() => existsSync(join(folder, 'pid')));
    stop.abort();
    expect((await running).outcome).toBe('stopped');
    await until(() => !isAlive(Number(readFileSync(join(folder, 'pid'), 'utf8'))));
  });

  it('leaves nothing running in the background when it ends', async () => {
    const folder = temporaryFolder();
    expect(await run('sleep 1000 & echo $! > pid', { folder })).toMatchObject({ outcome: 'passed' });
    await until(() => !isAlive(Number(readFileSync(join(folder, 'pid'), 'utf8'))));
  });

  it('is not counted as started until the program that starts it says so', async () => {
    const [says, silent] = await Promise.all([
      run('echo begun >&3; exit 1', { startedWhen: 'begun' }),
      run('echo no such folder; exit 1', { startedWhen: 'begun' }),
    ]);
    expect(says).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(silent).toMatchObject({ outcome: 'not_started', output: 'no such folder\n' });
  });

  it('tells its output as it comes', async () => {
    const chunks: string[] = [];
    const { outputBytes } = await run('echo one; echo two >&2', { outputBytes: 2, onOutput: (chunk) => chunks.push(String(chunk)) });
    expect(chunks.join('').split('\n').sort()).toEqual(['', 'one', 'two']);
    expect(outputBytes).toBe(8);
  });

  it('is ended when its watcher says so', async () => {
    const result = await run('sleep 1000', {
      watch(_, exceed) {
        exceed('memory');
        return () => undefined;
      },
    });
    expect(result).toMatchObject({ outcome: 'failed', exceeded: 'memory' });
  });

  it('keeps the beginning and the end of much output', async () => {
    const { output, outcome } = await run('echo first; yes | head -c 1000000; echo last', { outputBytes: 1000 });
    expect(outcome).toBe('passed');
    expect(output).toMatch(/^first\n/);
    expect(output).toMatch(/last\n$/);
    expect(output).toMatch(/\n… 999011 bytes left out …\n/);
    expect(output.length).toBeLessThan(1100);
  });
});

describe('CappedOutput', () => {
  it('keeps whole what fits, and of more its two ends, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '.'))),
        fc.integer({ min: 1, max: 30 }),
        (pieces, half) => {
          const output = new CappedOutput(half * 2);
          for (const piece of pieces) output.add(Buffer.from(piece));
          const whole = pieces.join('');
          const left = whole.length - half * 2;
          expect(output.text).toBe(left <= 0 ? whole : `${whole.slice(0, half)}\n… ${left} bytes left out …\n${whole.slice(-half)}`);
        },
      ),
    );
  });
});
