import { describe, expect, it } from 'vitest';
import { checkDeaths, checkProgram } from '../../../src/cli/doctor/check-program.ts';

const address = 'http://127.0.0.1:8080/v1';
const program = '/usr/bin/llama-server';

describe('what doctor finds of a llama-server that does not run', () => {
  it('is nothing where there is none', async () => {
    expect(await checkProgram({ program: undefined })).toEqual([]);
  });

  it('is a problem where it dies as soon as it is started', async () => {
    expect(await checkProgram({ program, diedBy: 'SIGILL' })).toEqual([
      {
        check: 'program',
        state: 'problem',
        message: `${program} was ended by SIGILL (illegal instruction) as soon as it was started`,
        hint: expect.stringContaining(`Update ${program}`),
      },
    ]);
  });

  it.each(['SIGILL', 'SIGSEGV', 'SIGKILL'] as const)('is a warning where %s ended it while it served', (lastSignal) => {
    const [finding, ...more] = checkDeaths([
      { address, program, lastSignal },
      { address, program },
    ]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      state: 'warning',
      message: expect.stringContaining(`the server at ${address} was ended by ${lastSignal}`),
    });
  });

  it('is nothing where somebody ended it', () => {
    expect(checkDeaths([{ address, program, lastSignal: 'SIGTERM' }])).toEqual([]);
  });
});
