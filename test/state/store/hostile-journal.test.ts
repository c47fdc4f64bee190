import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { latestTime } from '../../../src/utils/clock.ts';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { collect } from './collect.ts';
import { note } from './sample-events.ts';

const me = { host: 'oak', pid: 1, nonce: 'mine' };
const lease = { stream: 'run:a', owner: me, milliseconds: 10_000 };
const unsafe = '9007199254740993';

/** A journal that came with a project, and holds what no program of ours writes. */
describe('a journal that somebody prepared', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'state.db');
    const store = SqliteEventStore.open({ path });
    await store.append({ stream: 'run:a', expectedSequence: 0, events: [note('one'), note('two')], durability: 'full' });
    await store.releaseLease(await store.acquireLease(lease));
    await store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const prepare = (sql: string) => {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  };
  const held = (renewed: number, expires: number, epoch = 1) =>
    `UPDATE leases SET host = 'elsewhere', pid = 1, nonce = 'theirs', renewed_at = ${renewed}, expires_at = ${expires}, epoch = ${epoch}`;

  test.each([
    ['without an end', held(0, 9e15)],
    ['from before all time', held(-9e15, 9e15)],
    ['from a time that never comes', held(8e15, 9e15)],
  ])('does not hold its runs for ever by a lease %s', async (_, sql) => {
    prepare(sql);
    const store = SqliteEventStore.open({ path });
    expect((await store.acquireLease(lease)).owner).toEqual(me);
    await store.close();
  });

  test.each([
    ['an epoch after which there is none', held(0, 1, Number.MAX_SAFE_INTEGER)],
    ['an epoch that is no exact number', `UPDATE leases SET epoch = ${unsafe}`],
  ])('is called damaged for %s, and is not written to', async (_, sql) => {
    prepare(sql);
    const store = SqliteEventStore.open({ path });
    await expect(store.acquireLease(lease)).rejects.toMatchObject({ code: 'journal.damaged' });
    await store.close();
  });

  test.each([
    ['a time beyond all dates', `UPDATE events SET time = ${latestTime + 1}`],
    ['a time before all dates', `UPDATE events SET time = ${-latestTime - 1}`],
    ['a time that is no exact number', `UPDATE events SET time = ${unsafe}`],
    ['a number in its data that is none', `UPDATE events SET data = '{"text": 1e309}'`],
    ['data that nests without end', `UPDATE events SET data = '{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}'`],
    ['data that is no JSON', `UPDATE events SET data = '{'`],
  ])('is called damaged for %s', async (_, sql) => {
    prepare(sql);
    const store = SqliteEventStore.open({ path });
    await expect(collect(store.read('run:a'))).rejects.toMatchObject({ code: 'journal.damaged' });
    await store.close();
  });

  test.each([['a last time that is no exact number', `UPDATE streams SET last_time = ${unsafe}`]])(
    'is called damaged when it is listed, for %s',
    async (_, sql) => {
      prepare(sql);
      const store = SqliteEventStore.open({ path });
      await expect(store.listEnds({})).rejects.toMatchObject({ code: 'journal.damaged' });
      await store.close();
    },
  );

  test('is listed with dates that there are', async () => {
    prepare(`UPDATE events SET time = ${latestTime + 1}; UPDATE streams SET last_time = ${-latestTime - 1}`);
    const store = SqliteEventStore.open({ path });
    const [ends] = await store.listEnds({});
    expect([ends?.first.time, ends?.lastTime]).toEqual([latestTime, -latestTime]);
    await store.close();
  });
});
