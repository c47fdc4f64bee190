import { describe, expect, it } from 'vitest';
import { teamInstructions } from '../../../src/agents/team-instructions.ts';
import { testsInRun } from '../../../src/orchestrator/run/tests-in-run.ts';
import type { SandboxProbe } from '../../../src/sandbox/sandbox.ts';

const instructions = teamInstructions();
const ready: SandboxProbe = { state: 'ready', name: 'bubblewrap', lacks: [] };
const missing: SandboxProbe = { state: 'missing', why: 'none', hint: 'none' };
const asked = (verify: 'auto' | 'off' | 'required', probe: SandboxProbe, recorded?: string) =>
  testsInRun({ settings: { verify }, probe: () => Promise.resolve(probe), instructions, recorded });

describe('the team is told that tests are run', () => {
  it('where they are to be, and this machine has what they run in', async () => {
    expect(await asked('auto', ready)).toBe('run');
    expect(await asked('required', ready)).toBe('run');
    expect(await asked('auto', missing)).toBe('written');
  });

  it('not where a person wants nothing run: then it is not even looked', async () => {
    const settings = { verify: 'off' as const };
    expect(await testsInRun({ settings, instructions, probe: () => Promise.reject(new Error('looked')) })).toBe('written');
  });

  it('as at the beginning of its run, whatever machine goes on with it', async () => {
    expect(await asked('auto', ready, instructions.preamble('full', 'written'))).toBe('written');
    expect(await asked('off', missing, instructions.preamble('full', 'run'))).toBe('run');
    // What was said to a smaller model tells nothing about it.
    expect(await asked('auto', ready, instructions.preamble('brief'))).toBe('run');
  });
});
