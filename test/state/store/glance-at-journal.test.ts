import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { glanceAtJournal } from '../../../src/state/store/glance-at-journal.ts';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { added, started } from '../../support/run-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function journalWith(runs: Record<string, string[]>): Promise<{ folder: string; path: string; store: SqliteEventStore }> {
  const folder = temporaryFolder();
  const path = join(folder, 'state.db');
  const store = SqliteEventStore.open({ path });
  for (const [run, tasks] of Object.entries(runs))
    await store.append({
      stream: `run:${run}`,
      expectedSequence: 0,
      events: [started(run, `Build ${run}.`), ...tasks.map((task, index) => added(run, task, index + 1))],
      durability: 'normal',
    });
  return { folder, path, store };
}

/** Every file of a folder with its content. */
const contentOf = (folder: string) => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]);

const all = (path: string) => glanceAtJournal(path, ({ runs, tasks }) => ({ runs: runs(10), tasks: tasks('two', 10) }));

describe('glanceAtJournal', () => {
  const expected = {
    runs: [
      { run: 'two', workflow: 'bug_fix', requirement: 'Build two.' },
      { run: 'one', workflow: 'bug_fix', requirement: 'Build one.' },
    ],
    tasks: ['design', 'tests'],
  };

  it('tells the runs, newest first, and the tasks of one, and leaves every file as it is', async () => {
    const { folder, path, store } = await journalWith({ one: ['design'], two: ['design', 'tests'] });
    await store.close();
    const before = contentOf(folder);
    expect(all(path)).toEqual(expected);
    expect(contentOf(folder)).toEqual(before);
  });

  it('sees what another process is writing', async () => {
    const { folder, path, store } = await journalWith({ one: ['design'], two: ['design', 'tests'] });
    const names = readdirSync(folder);
    expect(names).toContain('state.db-wal');
    expect(all(path)).toEqual(expected);
    expect(readdirSync(folder)).toEqual(names);
    await store.close();
  });

  it('tells no more than was asked for', async () => {
    const { path, store } = await journalWith({ one: [], two: ['design', 'tests'] });
    await store.close();
    expect(glanceAtJournal(path, ({ runs, tasks }) => [runs(1).map(({ run }) => run), tasks('two', 1)])).toEqual([['two'], ['design']]);
  });

  it.each([
    ['there is none', () => undefined],
    ['it is empty', (path: string) => writeFileSync(path, '')],
    ['it is no journal', (path: string) => writeFileSync(path, 'Dear diary')],
    ['it is a folder', (path: string) => mkdirSync(path)],
    ['it is a link to one', (path: string) => symlinkSync(join(import.meta.dirname, 'state.db'), path)],
    ['it is the database of another program', (path: string) => new DatabaseSync(path).exec('CREATE TABLE streams (stream)')],
  ])('tells nothing where %s, and creates nothing', (_, prepare) => {
    const folder = temporaryFolder();
    const path = join(folder, 'state.db');
    prepare(path);
    const before = readdirSync(folder);
    expect(all(path)).toBeUndefined();
    expect(readdirSync(folder)).toEqual(before);
  });

  it('tells nothing where the index of the log is missing, which would have to be created', async () => {
    const { folder, path, store } = await journalWith({ one: [], two: [] });
    const copy = temporaryFolder();
    for (const name of readdirSync(folder)) writeFileSync(join(copy, name), readFileSync(join(folder, name)));
    await store.close();
    rmSync(join(copy, 'state.db-shm'));
    const before = contentOf(copy);
    expect(all(join(copy, 'state.db'))).toBeUndefined();
    expect(contentOf(copy)).toEqual(before);
    expect(all(path)).toBeDefined();
  });
});
