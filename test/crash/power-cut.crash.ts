import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CrashScene } from './crash-scene.ts';
import { expectSameRun, expectSoundDatabase, undisturbedOutcome } from './expect-same-run.ts';
import { finish } from './kill-and-resume.ts';
import { type DiskStep, putAfterPowerCut, readRecord, recordedCalls } from './recorded-disk.ts';
import { seededRandom } from './seeded-random.ts';
import { SqliteEventStore } from '../../src/state/store/sqlite-event-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const canRecord = spawnSync('strace', ['-V']).status === 0;
if (!canRecord) console.log('Power failures are not tried: there is no strace on this machine.');

const cuts = Number(process.env['POWER_CUTS'] ?? 24);

/** What the process had said by then: the run that it had begun, and the replies that it had called finished. */
function toldBy(steps: readonly DiskStep[], count: number): { run: string | undefined; finished: string[] } {
  const text = steps
    .slice(0, count)
    .map((step) => (step.kind === 'told' ? step.text : ''))
    .join('');
  return {
    run: /^run:(.*)$/m.exec(text)?.[1],
    finished: [...text.matchAll(/^finished:(.*)$/gm)].map(([, activity = '']) => activity),
  };
}

it.runIf(canRecord)(
  'whatever a power failure leaves of what was not synced, nothing that was finished is lost and the run goes on to the same end',
  async () => {
    const expected = await undisturbedOutcome();
    const record = join(temporaryFolder(), 'record.txt');
    await using scene = await CrashScene.open();
    const writer = scene.start({ record: { file: record, calls: recordedCalls } });
    const run = await writer.begun;
    expect((await writer.ended).lines.at(-1)).toBe('completed');
    const steps = readRecord(readFileSync(record, 'utf8'), scene.workspace);
    expect(steps.filter(({ kind }) => kind === 'sync').length).toBeGreaterThan(expected.messages.length);

    const seed = Date.now() % 1_000_000;
    console.log(`${steps.length} steps of the disk; the random cuts have the seed ${seed}.`);
    const random = seededRandom(seed);
    for (let index = 0; index < cuts; index += 1) {
      const count = Math.ceil(((index + random()) / cuts) * steps.length);
      // Nothing that was not synced, all of it, or whatever chance leaves.
      const chance = [0, 0.5, 0.9, 1][index % 4] ?? 0;
      putAfterPowerCut(steps, count, scene.workspace, () => random() < chance);
      const told = toldBy(steps, count);
      const where = `seed ${seed}, cut ${index} after ${count} of ${steps.length} steps, with ${chance} of what was not synced`;
      if (existsSync(scene.journal)) {
        // What SQLite has to mend is mended by whoever opens the journal to write.
        await SqliteEventStore.open({ path: scene.journal }).close();
        expectSoundDatabase(scene.journal);
      }
      if (told.run === undefined) continue;
      const cut = await scene.snapshot(run);
      for (const activity of told.finished)
        expect(cut.state.activities.get(activity)?.status, `${activity} was finished; ${where}`).toBe('completed');
      expect(await finish(scene, run), where).toBe('completed');
      await expectSameRun(scene, run, [cut], { ...expected });
    }
  },
  600_000,
);
