import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fake, runsOf, start } from './runs-in-a-project.ts';

const patient = { timeout: 120_000 };

/** A project with a finished run, as somebody else gets it: without what this person keeps of their own. */
async function receivedProject() {
  const directory = temporaryFolder();
  await start(await fake(), directory, 'bug-fix').run();
  const elsewhere = temporaryFolder();
  cpSync(directory, elsewhere, { recursive: true, verbatimSymlinks: true });
  rmSync(join(elsewhere, '.local'), { recursive: true });
  const command = (...args: string[]) => runCommand(args, { directory: elsewhere });
  return { directory: elsewhere, run: String(runsOf(elsewhere)[0]), command, begunHere: directory };
}

it('a run of somebody else is looked at freely, and gone on with, applied and undone only by who says so', patient, async () => {
  const { command, directory } = await receivedProject();
  expect((await command('show', 'latest')).code).toBe(0);
  expect((await command('files', 'latest', '--verify')).code).toBe(0);
  expect((await command('apply', 'latest', '--check')).code).toBe(1);
  for (const args of [
    ['refine', 'latest', 'More.'],
    ['retry', 'latest', '1'],
    ['apply', 'latest', '--yes'],
    ['undo', 'latest'],
  ])
    expect(await command(...args)).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/not started here by you[^]*--trust/) as string,
    });
  expect(existsSync(join(directory, 'src'))).toBe(false);

  expect((await command('apply', 'latest', '--yes', '--trust')).code).toBe(0);
  expect(await command('undo', '--applied', 'latest'), 'it is asked once for each run').toMatchObject({ code: 0 });
});

it('nothing is written or removed through a link that came with the folder, nor in a place that its journal names', patient, async () => {
  const { command, directory, run } = await receivedProject();
  const outside = temporaryFolder();
  const generated = join(directory, 'output', 'generated');
  renameSync(join(generated, run), join(outside, run));
  mkdirSync(join(outside, run, 'empty'));
  symlinkSync(join(outside, run), join(generated, run));
  const before = readdirSync(outside, { recursive: true }).map(String).sort();
  expect((await command('files', 'latest', '--verify')).output).toContain('missing');
  await command('undo', 'latest', '--trust');
  await command('rm', 'latest', '--yes');
  expect(readdirSync(outside, { recursive: true }).map(String).sort()).toEqual(before);

  const other = await receivedProject();
  const journal = new DatabaseSync(join(other.directory, '.multiagent', 'state.db'));
  journal.prepare("UPDATE events SET data = json_set(data, '$.output', ?) WHERE type = 'run.started'").run(outside);
  journal.close();
  for (const args of [
    ['rm', 'latest', '--yes'],
    ['undo', 'latest', '--trust'],
    ['apply', 'latest', '--yes', '--trust'],
  ])
    expect(await other.command(...args)).toMatchObject({ code: 2, errors: expect.stringContaining('outside of the workspace') as string });
  expect(readdirSync(outside, { recursive: true }).map(String).sort()).toEqual(before);
});

it('what was kept of replaced files is not removed through a link either', patient, async () => {
  const { command, directory, run } = await receivedProject();
  const outside = temporaryFolder();
  mkdirSync(join(outside, run, '001'), { recursive: true });
  writeFileSync(join(outside, run, '001', 'record.json'), 'theirs');
  symlinkSync(outside, join(directory, '.multiagent', 'backups'));
  await command('undo', '--applied', 'latest', '--trust');
  await command('rm', 'latest', '--yes');
  expect(readFileSync(join(outside, run, '001', 'record.json'), 'utf8')).toBe('theirs');
});
