import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportCommand } from '../../../src/cli/commands/export.ts';
import { readAge } from '../../../src/cli/runs/read-age.ts';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { added, own, runEvent, started, writeRun } from '../../support/run-events.ts';

const day = 24 * 3_600_000;
const ids = { ancient: '20260101-000000000-aaaa', old: '20260102-000000000-bbbb', fresh: '20260103-000000000-cccc' };

/** A project with three runs that ended 50, 40 and 0 days ago. */
async function project() {
  const directory = temporaryFolder();
  mkdirSync(join(directory, '.multiagent'));
  const store = SqliteEventStore.open({ path: join(directory, '.multiagent', 'state.db') });
  for (const [run, age] of [
    [ids.ancient, 50],
    [ids.old, 40],
    [ids.fresh, 0],
  ] as const) {
    const time = Date.now() - age * day;
    const finished = runEvent(run, 'run.finished', { status: 'completed', durationMilliseconds: 1 }, time);
    await writeRun(store, run, [started(run, `Build ${run}.`, time), added(run, 'bug_fix'), finished]);
  }
  return { directory, store, command: (...args: string[]) => runCommand(args, { directory }) };
}

describe('commands without a run', () => {
  it('mean the newest one, and export keeps a file that exists unless told otherwise', async () => {
    const { command, store, directory } = await project();
    await store.close();
    expect((await command('show')).output).toContain(`Run ${ids.fresh}`);
    expect(await command('files')).toMatchObject({ code: 0, output: 'The run has written no files.\n' });
    expect(await command('diff')).toMatchObject({ code: 0, output: '' });
    writeFileSync(join(directory, 'out.json'), 'mine');
    expect(await command('export', '--output', 'out.json')).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/out\.json already exists; nothing was written\.\n.*--overwrite\n$/),
    });
    await expect(exportCommand(undefined, { workspace: directory, output: join(directory, 'out.json') })).rejects.toMatchObject({
      code: 'output.exists',
      hint: expect.stringContaining('--overwrite') as string,
    });
    expect(readFileSync(join(directory, 'out.json'), 'utf8')).toBe('mine');
    expect(await command('export', '--output', 'out.json', '--overwrite')).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(directory, 'out.json'), 'utf8'))).toMatchObject({ run: ids.fresh });
  });

  it('never guess where something would be lost: rm and cancel ask for a name', async () => {
    const { command, store } = await project();
    await store.close();
    expect(await command('rm', '--yes')).toMatchObject({ code: 2, errors: expect.stringContaining('No run to remove was named.') });
    expect(await command('cancel')).toMatchObject({ code: 2, errors: expect.stringContaining('No run of this workspace is running.') });
    expect(await command('refine', 'latest')).toMatchObject({ code: 2, errors: expect.stringContaining('"latest" names a run') });
  });
});

describe('multiagent rm --older-than', () => {
  it('removes the runs on which nothing has happened for so long and nobody works', async () => {
    const { command, store } = await project();
    await own(store, ids.ancient);
    expect(await command('rm', '--older-than', '30d')).toMatchObject({ code: 2, output: expect.stringContaining(ids.old) });
    expect(await command('rm', '--older-than', '30d', '--yes')).toMatchObject({
      code: 0,
      output: `Removed the run ${ids.old}: its history and 0 files.\n`,
    });
    expect(await command('rm', '--older-than', '30d', '--yes')).toMatchObject({ code: 0, output: 'No run is older than 30d.\n' });
    expect((await store.list({ prefix: 'run:' })).map(({ stream }) => stream).toSorted()).toEqual([
      `run:${ids.ancient}`,
      `run:${ids.fresh}`,
    ]);
    await store.close();
  });

  it.each([
    ['12h', 12],
    ['30d', 30 * 24],
    ['2 W', 14 * 24],
  ])('reads %s', (given, hours) => {
    expect(readAge(given)).toBe(hours * 3_600_000);
  });

  it.each(['', '30', 'd', '-1d', '1m', '1.5d', '30 days', '9999999d'])('refuses "%s"', (given) => {
    expect(() => readAge(given)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
