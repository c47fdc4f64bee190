import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { CrashScene } from './crash-scene.ts';
import { expectSameRun, undisturbedOutcome } from './expect-same-run.ts';
import { finish, killAndResume } from './kill-and-resume.ts';
import { describeMoment, type Moment } from './moment.ts';
import { seededRandom } from './seeded-random.ts';
import { triedMoments } from './tried-moments.ts';

const expected = await undisturbedOutcome();
const named = (moments: Moment[]) => triedMoments(moments).map((moment) => [describeMoment(moment), moment] as const);
const times = <Item>(count: number, item: (number: number) => Item) => Array.from({ length: count }, (_, index) => item(index + 1));

describe.concurrent('killed at a boundary, a run goes on to the same end', () => {
  it.each(named(times(expected.events, (number) => ({ after: 'event', number }))))('%s', async (_, moment) => {
    expect(await killAndResume([moment], expected)).toBe('completed');
  });

  // What happens between two events: contents, files under their temporary names, files whose event is not written; results come last.
  const files = 8;
  it.each(
    named([
      ...times(files, (number): Moment => ({ after: 'content', number })),
      // The first one tries out whether the folder can be written, before the run begins; the last two are the summary and the result.
      ...times(files, (number): Moment => ({ before: 'rename', number: number + 1 })),
      ...times(6, (number): Moment => ({ before: 'artifact.written', number })),
      ...times(4, (number): Moment => ({ before: 'activity.completed', number })),
      ...times(4, (number): Moment => ({ before: 'call.ended', number })),
      ...times(4, (number): Moment => ({ before: 'task.completed', number })),
      ...times(3, (number): Moment => ({ before: 'message.sent', number })),
    ]),
  )('%s', async (_, moment) => {
    expect(await killAndResume([moment], expected)).toBe('completed');
  });
});

describe.concurrent('killed twice, a run goes on to the same end', () => {
  const random = seededRandom(22);
  const pairs = times(12, () => {
    const first = 1 + Math.floor(random() * (expected.events - 20));
    return [first, 1 + Math.floor(random() * 12)] as const;
  });
  it.each(triedMoments(pairs))('after event %i, and after event %i of the process that went on', async (first, second) => {
    const moments: Moment[] = [first, second].map((number) => ({ after: 'event', number }));
    expect(await killAndResume(moments, expected)).toBe('completed');
  });

  it('before a file is renamed, both times', async () => {
    const moment: Moment = { before: 'rename', number: 2 };
    expect(await killAndResume([moment, moment], expected)).toBe('completed');
  });
});

describe.concurrent('killed from outside at any moment, a run goes on to the same end', () => {
  const seed = Date.now() % 1_000_000;
  console.log(`The random moments have the seed ${seed}.`);
  const random = seededRandom(seed);
  // About as long as a run takes at a millisecond a token; later moments meet a run that has ended.
  const longest = 900;
  let tried = 0;
  let underWay = 0;
  afterAll(() => {
    if (underWay < tried / 3) throw new Error(`Only ${underWay} of ${tried} kills met a run that was under way: the moments are too late.`);
  });
  it.each(triedMoments(times(100, () => Math.floor(random() * longest))))('%i ms after it has begun', async (milliseconds) => {
    await using scene = await CrashScene.open({ pace: 1 });
    const writer = scene.start();
    const run = await writer.begun;
    await setTimeout(milliseconds);
    writer.process.kill('SIGKILL');
    await writer.ended;
    const cut = await scene.snapshot(run);
    tried += 1;
    if (cut.state.status === 'running') underWay += 1;
    expect(await finish(scene, run)).toBe('completed');
    await expectSameRun(scene, run, [cut], expected);
  });
});
