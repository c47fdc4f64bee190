import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CrashScene } from './crash-scene.ts';
import type { Moment } from './moment.ts';

/** A run whose check writes down each time that it runs, killed at a moment and resumed. */
async function killedRun(moment: Moment) {
  // Tests that run at once have no hook of their own for the end.
  const folder = mkdtempSync(join(tmpdir(), 'multiagent-log-'));
  try {
    const log = join(folder, 'log');
    await using scene = await CrashScene.open({ settings: { verify: 'auto', sandbox: 'off', verify_command: `echo ran >> ${log}` } });
    const writer = scene.start({ moment });
    const run = await writer.begun;
    expect((await writer.ended).signal, 'the moment comes').toBe('SIGKILL');
    const times = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0);
    const before = times();
    const result = await scene.resume(run);
    return { before, after: times(), result };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The third activity that ends is the check of the first step that writes files; the replies of two steps come before it.
describe.concurrent('a check of a run that is killed and resumed', () => {
  it.each<[string, Moment]>([
    ['its answer is in the journal', { before: 'task.completed', number: 2 }],
    ['the next step is under way', { before: 'task.completed', number: 3 }],
    ['the run was about to end', { before: 'run.finished', number: 1 }],
  ])('is not run again where %s', async (_, moment) => {
    const { before, after, result } = await killedRun(moment);
    expect(before).toBeGreaterThan(0);
    // Of the fix, of the tests, and of the release notes, which change a program.
    expect(after).toBe(3);
    expect(result).toMatchObject({ status: 'completed', verification: { outcome: 'passed' } });
    expect(result.checks.map(({ step }) => step)).toEqual(['bug_fix', 'regression_testing', 'release_notes']);
  });

  it('is run again where it was cut off', async () => {
    const { before, after, result } = await killedRun({ before: 'activity.completed', number: 3 });
    expect([before, after]).toEqual([1, 4]);
    expect(result.checks).toHaveLength(3);
    expect(result.verification.outcome).toBe('passed');
  });

  it('is run for the first time where it had not begun', async () => {
    const { before, after } = await killedRun({ before: 'activity.started', number: 3 });
    expect([before, after]).toEqual([0, 3]);
  });
});
