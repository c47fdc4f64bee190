import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { LeaseHeldError } from '../../src/state/store/lease.ts';
import { CrashScene } from './crash-scene.ts';
import { expectSameRun, filesIn, undisturbedOutcome } from './expect-same-run.ts';
import { writerInMidFile } from './writer-in-mid-file.ts';
import { replyOf } from '../../src/state/run/activities-of.ts';

const expected = await undisturbedOutcome();
const withoutRetries = { llm_max_retries: 0, task_retry_attempts: 0 };

describe.concurrent('what else may end a process or stop it', () => {
  it('the server dies: the run comes through by itself when it is back', async () => {
    await using scene = await CrashScene.open({ pace: 'manual' });
    const { writer, run } = await writerInMidFile(scene);
    const cut = await scene.snapshot(run);
    await scene.server.kill();
    scene.server.gate.open();
    await scene.server.restart();
    expect((await writer.ended).lines.at(-1)).toBe('completed');
    const again = scene.server.requests[cut.requests];
    const saved = replyOf(cut.state, 'bug_fix/1')?.text ?? 'nothing';
    // What arrived since then is in it as well.
    expect(again?.prefill?.startsWith(saved)).toBe(true);
    await expectSameRun(scene, run, [], expected);
  });

  it('the server dies and stays away: the run fails, and resumed later it goes on from the saved text', async () => {
    await using scene = await CrashScene.open({ pace: 'manual', settings: withoutRetries });
    const { writer, run } = await writerInMidFile(scene);
    await scene.server.kill();
    expect((await writer.ended).lines.at(-1)).toBe('failed');
    await scene.server.restart();
    scene.server.gate.open();
    const cut = await scene.snapshot(run);
    expect(cut.state.tasks.get('bug_fix')?.error?.code).toBe('server.lost');
    expect((await scene.resume(run)).status).toBe('completed');
    await expectSameRun(scene, run, [cut], expected);
  });

  it('the server and the process die together', async () => {
    await using scene = await CrashScene.open({ pace: 'manual' });
    const { writer, run } = await writerInMidFile(scene);
    await scene.server.kill();
    writer.process.kill('SIGKILL');
    await writer.ended;
    await scene.server.restart();
    scene.server.gate.open();
    const cut = await scene.snapshot(run);
    expect((await scene.resume(run)).status).toBe('completed');
    await expectSameRun(scene, run, [cut], expected);
  });

  it('a process that is stopped and wakes after another took over writes nothing more, and says who has the run', async () => {
    await using scene = await CrashScene.open({ pace: 'manual' });
    const { writer, run } = await writerInMidFile(scene);
    writer.process.kill('SIGSTOP');
    const cut = await scene.snapshot(run);
    scene.server.gate.open();
    // It is there, so that only the end of its lease makes way.
    await expect(scene.resume(run)).rejects.toBeInstanceOf(LeaseHeldError);
    expect(await resumeOnceFree(scene, run)).toBe('completed');

    const output = join(scene.workspace, 'output');
    const [files, { state }] = [filesIn(output), await scene.snapshot(run)];
    writer.process.kill('SIGCONT');
    expect((await writer.ended).lines.at(-1)).toBe('run.taken_over');
    expect((await scene.snapshot(run)).state.lastSequence).toBe(state.lastSequence);
    expect(filesIn(output)).toEqual(files);
    await expectSameRun(scene, run, [cut], expected);
  });

  it('a journal that another program keeps locked ends the run with that reason, and what was saved before is gone on from', async () => {
    await using scene = await CrashScene.open({ pace: 'manual' });
    const { writer, run } = await writerInMidFile(scene);
    const other = new DatabaseSync(scene.journal);
    other.exec('BEGIN IMMEDIATE');
    scene.server.gate.open();
    expect((await writer.ended).lines.at(-1)).toBe('journal.locked');
    other.exec('ROLLBACK');
    other.close();
    const cut = await scene.snapshot(run);
    expect((await scene.resume(run)).status).toBe('completed');
    await expectSameRun(scene, run, [cut], expected);
  });
});

async function resumeOnceFree(scene: CrashScene, run: string): Promise<string> {
  for (;;) {
    try {
      return (await scene.resume(run)).status;
    } catch (error) {
      if (!(error instanceof LeaseHeldError)) throw error;
      // The clock of the scene moves when it is looked at, which each try does.
      await setTimeout(20);
    }
  }
}
