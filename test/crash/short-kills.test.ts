import { beforeAll, describe, expect, it } from 'vitest';
import { CrashScene } from './crash-scene.ts';
import { expectSameRun, type Outcome, undisturbedOutcome } from './expect-same-run.ts';
import { killAndResume } from './kill-and-resume.ts';
import { writerInMidFile } from './writer-in-mid-file.ts';
import { describeMoment, type Moment } from './moment.ts';
import { replyOf } from '../../src/state/run/activities-of.ts';

// The short form; `npm run test:crash` tries every boundary and random moments.
describe.concurrent('a run that is killed and resumed ends as if nothing had happened', () => {
  let expected: Outcome;
  beforeAll(async () => {
    expected = await undisturbedOutcome();
  });

  const moments: Moment[] = [
    { after: 'event', number: 1 },
    { after: 'content', number: 2 },
    { before: 'rename', number: 3 },
    { before: 'artifact.written', number: 2 },
    { before: 'task.completed', number: 2 },
    { before: 'activity.completed', number: 3 },
    { before: 'message.sent', number: 1 },
    { before: 'run.finished', number: 1 },
  ];
  it.each(moments.map((moment) => [describeMoment(moment), moment] as const))('killed %s', async (_, moment) => {
    expect(await killAndResume([moment], expected)).toBe('completed');
  });

  it.each([
    // One more comes before the files: it tries out whether the folder can be written.
    ['summary', 2],
    ['result', 3],
  ])('killed while its %s is written', async (_, after) => {
    const moment: Moment = { before: 'rename', number: Object.keys(expected.files).length + after };
    expect(await killAndResume([moment], expected)).toBe('completed');
  });

  it('killed in mid-reply, while a file is open in it: the rest is generated, and nothing before it', async () => {
    await using scene = await CrashScene.open({ pace: 'manual' });
    const { writer, run } = await writerInMidFile(scene);
    writer.process.kill('SIGKILL');
    await writer.ended;
    const cut = await scene.snapshot(run);
    expect(replyOf(cut.state, 'bug_fix/1')?.text).toContain('def total');
    scene.server.gate.open();
    expect((await scene.resume(run)).status).toBe('completed');
    await expectSameRun(scene, run, [cut], expected);
  });
});
