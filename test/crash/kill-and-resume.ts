import { expect } from 'vitest';
import { CrashScene } from './crash-scene.ts';
import { expectSameRun, type Outcome } from './expect-same-run.ts';
import type { Moment } from './moment.ts';

/** Runs until each of the moments in turn has killed the process that worked, then to the end, and holds the run to the undisturbed one. Returns how it ended. */
export async function killAndResume(moments: Moment[], expected: Outcome): Promise<string> {
  await using scene = await CrashScene.open();
  let run: string | undefined;
  const cuts = [];
  for (const moment of moments) {
    const writer = scene.start({ resume: run, moment });
    run = await writer.begun;
    expect((await writer.ended).signal, 'the moment comes').toBe('SIGKILL');
    cuts.push(await scene.snapshot(run));
  }
  const status = await finish(scene, run ?? '');
  await expectSameRun(scene, run ?? '', cuts, expected);
  return status;
}

/** The very last moments leave nothing to go on with. */
export async function finish(scene: CrashScene, run: string): Promise<string> {
  try {
    return (await scene.resume(run)).status;
  } catch (error) {
    if ((error as { code?: string }).code !== 'run.complete') throw error;
    return (await scene.snapshot(run)).state.status;
  }
}
