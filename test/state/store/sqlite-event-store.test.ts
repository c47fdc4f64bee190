import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { schemaVersion } from '../../../src/state/store/sqlite-schema.ts';
import { makePipe } from '../../support/make-pipe.ts';
import { collect } from './collect.ts';
import { describeEventStore } from './event-store-conformance.ts';
import { note } from './sample-events.ts';

/** A thread that writes to a journal until it is told that this is enough. */
const writesUntilTold = `
  const { DatabaseSync } = require('node:sqlite');
  const { parentPort, workerData } = require('node:worker_threads');
  const database = new DatabaseSync(workerData.path);
  database.exec('BEGIN IMMEDIATE');
  parentPort.postMessage('writes');
  Atomics.wait(workerData.told, 0, 0);
  database.exec('COMMIT');
  database.close();
`;

describeEventStore('the SQLite store in a file', {
  kind: 'shared',
  createJournal: () => {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    return {
      open: (clock) => SqliteEventStore.open({ path: join(folder, 'state.db'), clock }),
      cleanUp: () => rmSync(folder, { recursive: true }),
    };
  },
});

describeEventStore('the SQLite store in memory', {
  kind: 'private',
  createJournal: () => ({
    open: (clock) => SqliteEventStore.open({ path: ':memory:', clock }),
    cleanUp: () => undefined,
  }),
});

describe('the file of the SQLite store', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'state.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is created with its folder, for its owner only, also what SQLite puts beside it', async () => {
    path = join(folder, 'deep', '.multiagent', 'state.db');
    const store = SqliteEventStore.open({ path });
    await store.append({ stream: 'run:a', expectedSequence: 0, events: [note('a')], durability: 'full' });
    for (const name of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test('is in write-ahead mode, so that readers and the writer do not wait for each other', async () => {
    const store = SqliteEventStore.open({ path });
    await store.close();
    const database = new DatabaseSync(path);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
  });

  test.each([
    { case: 'text', content: 'These are my notes, not a database.\n'.repeat(100) },
    { case: 'a few bytes', content: 'hello' },
  ])('is refused and left alone when it holds $case', ({ content }) => {
    writeFileSync(path, content);
    expect(() => SqliteEventStore.open({ path })).toThrow(expect.objectContaining({ code: 'journal.foreign', hint: expect.any(String) }));
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  test("is refused and left alone when it is another program's database", () => {
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE photos (name TEXT)');
    database.close();
    const before = readFileSync(path);
    expect(() => SqliteEventStore.open({ path })).toThrow(expect.objectContaining({ code: 'journal.foreign' }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each(['CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END', 'CREATE VIEW v AS SELECT 1'])(
    'is refused when it brings programs of its own: %s',
    async (statement) => {
      await SqliteEventStore.open({ path }).close();
      const database = new DatabaseSync(path);
      database.exec(statement);
      database.close();
      for (const access of ['read', 'read and write'] as const)
        expect(() => SqliteEventStore.open({ path, access })).toThrow(expect.objectContaining({ code: 'journal.foreign' }));
    },
  );

  test.runIf(process.platform !== 'win32')('is refused when it is a link or a pipe, also what lies beside it', async () => {
    await SqliteEventStore.open({ path }).close();
    const refused = () => expect(() => SqliteEventStore.open({ path })).toThrow(expect.objectContaining({ code: 'journal.no_file' }));
    makePipe(`${path}-wal`);
    refused();
    rmSync(`${path}-wal`);
    renameSync(path, `${path}.other`);
    symlinkSync(`${path}.other`, path);
    refused();
    rmSync(path);
    makePipe(path);
    refused();
    rmSync(path);
    const linked = join(dirname(path), 'linked');
    symlinkSync(dirname(path), linked);
    expect(() => SqliteEventStore.open({ path: join(linked, 'state.db') })).toThrow(expect.objectContaining({ code: 'journal.no_file' }));
  });

  test('is refused, with both versions named, when a newer program has written it', async () => {
    await SqliteEventStore.open({ path }).close();
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    database.close();
    expect(() => SqliteEventStore.open({ path })).toThrow(
      expect.objectContaining({
        code: 'journal.newer',
        message: expect.stringMatching(/version 3\b.*up to 2\b/),
        hint: expect.any(String),
      }),
    );
  });

  test('is reported as damaged when its pages are, and not overwritten', async () => {
    const store = SqliteEventStore.open({ path });
    const events = Array.from({ length: 200 }, () => note('x'.repeat(500)));
    await store.append({ stream: 'run:a', expectedSequence: 0, events, durability: 'full' });
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096 * 2);
    writeFileSync(path, bytes);
    const use = async () => {
      const damaged = SqliteEventStore.open({ path });
      try {
        await collect(damaged.read('run:a'));
      } finally {
        await damaged.close();
      }
    };
    await expect(use()).rejects.toMatchObject({ code: 'journal.damaged' });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test.each([
    { case: 'its folder is a file', prepare: () => writeFileSync(join(folder, 'x'), ''), name: 'x/state.db' },
    { case: 'it is a folder itself', prepare: () => mkdirSync(join(folder, 'x')), name: 'x' },
  ])('cannot be opened where $case, and the error says what to do', ({ prepare, name }) => {
    prepare();
    expect(() => SqliteEventStore.open({ path: join(folder, name) })).toThrow(
      expect.objectContaining({ code: 'journal.unwritable', message: expect.stringContaining(name), hint: expect.any(String) }),
    );
  });

  test('that another process keeps writing is reported as locked', async () => {
    const store = SqliteEventStore.open({ path, busyTimeout: 1 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const append = () => store.append({ stream: 'run:a', expectedSequence: 0, events: [note('a')], durability: 'normal' });
    await expect(append()).rejects.toMatchObject({ code: 'journal.locked' });
    other.exec('ROLLBACK');
    other.close();
    await expect(append()).resolves.toHaveLength(1);
    await store.close();
  });

  test('holds nothing of an append that failed half-way', async () => {
    const store = SqliteEventStore.open({ path });
    const other = new DatabaseSync(path);
    other.exec("CREATE TRIGGER fail BEFORE INSERT ON events WHEN new.sequence = 2 BEGIN SELECT raise(ABORT, 'half-way'); END");
    const append = () => store.append({ stream: 'run:a', expectedSequence: 0, events: [note('a'), note('b')], durability: 'full' });
    await expect(append()).rejects.toThrow('half-way');
    expect(await collect(store.read('run:a'))).toEqual([]);
    expect(await store.list()).toEqual([]);
    other.exec('DROP TRIGGER fail');
    other.close();
    await expect(append()).resolves.toHaveLength(2);
    await store.close();
  });

  test('is waited for while another process writes to it before it is in write-ahead mode, as long as is allowed', async () => {
    await SqliteEventStore.open({ path }).close();
    const other = new DatabaseSync(path);
    other.exec('PRAGMA journal_mode = DELETE; BEGIN IMMEDIATE');
    expect(() => SqliteEventStore.open({ path, busyTimeout: 60 })).toThrow(expect.objectContaining({ code: 'journal.locked' }));
    other.exec('COMMIT');
    other.close();
    const told = new Int32Array(new SharedArrayBuffer(4));
    const writer = new Worker(writesUntilTold, { eval: true, workerData: { path, told } });
    await once(writer, 'message');
    Atomics.store(told, 0, 1);
    Atomics.notify(told, 0);
    // It blocks this thread: only by waiting can it find the journal free.
    await SqliteEventStore.open({ path, busyTimeout: 600_000 }).close();
    await once(writer, 'exit');
  });

  test.each([
    { case: 'data of another shape', change: `data = '{"from": 7}'`, code: 'journal.damaged' },
    { case: 'data that is no JSON', change: "data = '{'", code: 'journal.damaged' },
  ])('with $case is not read as if nothing were there', async ({ change, code }) => {
    const store = SqliteEventStore.open({ path });
    await store.append({ stream: 'run:a', expectedSequence: 0, events: [note('a')], durability: 'normal' });
    await store.append({ stream: 'run:b', expectedSequence: 0, events: [note('b')], durability: 'normal' });
    const other = new DatabaseSync(path);
    other.exec(`UPDATE events SET ${change} WHERE stream = 'run:a'`);
    other.close();
    await expect(collect(store.read('run:a'))).rejects.toMatchObject({ code });
    expect(await collect(store.read('run:b'))).toHaveLength(1);
    expect(await store.list()).toHaveLength(2);
    await store.close();
  });

  test('with content that no longer matches its hash says so instead of handing it out', async () => {
    const store = SqliteEventStore.open({ path });
    const sha256 = await store.putContent(Buffer.from('whole'));
    const other = new DatabaseSync(path);
    other.exec("UPDATE content SET bytes = x'00'");
    other.close();
    await expect(store.getContent(sha256)).rejects.toMatchObject({ code: 'journal.damaged' });
    await store.close();
  });

  test('is readable after its writer was killed in the middle, with whole appends only', async () => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'endless-writer.ts'), path], { stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(writer, 'exit');
    let acknowledged = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= 90) writer.kill('SIGKILL');
    }
    const [, signal] = (await exited) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const store = SqliteEventStore.open({ path });
    const sequences = (await collect(store.read('run:a'))).map(({ sequence }) => sequence);
    expect(sequences.length).toBeGreaterThanOrEqual(acknowledged);
    expect(sequences.length % 3).toBe(0);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    const more = await store.append({ stream: 'run:a', expectedSequence: sequences.length, events: [note('on')], durability: 'full' });
    expect(more).toHaveLength(1);
    await store.close();
  });

  test('may be created and written by several processes at once, which lose nothing and warn of nothing', async () => {
    expect(existsSync(path)).toBe(false);
    const script = join(import.meta.dirname, 'contending-writer.ts');
    const outputs = await Promise.all(['a', 'b', 'c'].map((name) => promisify(execFile)(process.execPath, [script, path, name, '40'])));
    expect(outputs.map(({ stderr }) => stderr)).toEqual(['', '', '']);
    const store = SqliteEventStore.open({ path });
    const events = await collect(store.read('run:a'));
    expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    const texts = events.map((event) => (event.type === 'message.sent' ? event.data.content['text'] : ''));
    expect(new Set(texts).size).toBe(120);
    await store.close();
  });
});
