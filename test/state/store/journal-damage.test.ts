import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { collect } from './collect.ts';
import { note } from './sample-events.ts';

const pageSize = 4096;

describe('a journal that cannot be used', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'state.db');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  const fill = async () => {
    const store = SqliteEventStore.open({ path });
    const events = Array.from({ length: 200 }, (_, index) => note(`${index} ${'x'.repeat(500)}`));
    await store.append({ stream: 'run:a', expectedSequence: 0, events, durability: 'full' });
    await store.close();
  };
  /** Everything that a command may do with it, in the order in which it would. */
  const use = async () => {
    const store = SqliteEventStore.open({ path });
    try {
      const [stream] = await store.list();
      const { sequence } = stream ?? { sequence: 0 };
      await collect(store.read('run:a'));
      await store.append({ stream: 'run:a', expectedSequence: sequence, events: [note('more')], durability: 'full' });
    } finally {
      await store.close();
    }
  };
  const refusal = (code: RegExp) => ({
    code: expect.stringMatching(code),
    message: expect.stringContaining(path),
    hint: expect.any(String),
  });

  test.each([
    { case: 'in the middle of its header', length: 50, code: /damaged/ },
    { case: 'in the middle of its first page', length: 2_000, code: /damaged/ },
    { case: 'after its first page', length: pageSize, code: /damaged/ },
    { case: 'in the middle of a page', length: pageSize * 10 + 1_000, code: /damaged/ },
    { case: 'between two pages', length: pageSize * 20, code: /damaged/ },
  ])('is refused and left alone when it was cut off $case', async ({ length, code }) => {
    await fill();
    const rest = readFileSync(path).subarray(0, length);
    writeFileSync(path, rest);
    await expect(use()).rejects.toMatchObject(refusal(code));
    expect(readFileSync(path).equals(rest)).toBe(true);
  });

  test.each([
    { case: 'its first bytes', from: 0, to: 16, code: /foreign/ },
    { case: 'its list of tables', from: 100, to: pageSize, code: /damaged/ },
    { case: 'all after the first page', from: pageSize, to: Infinity, code: /damaged/ },
    { case: 'the second half', from: pageSize * 16, to: Infinity, code: /damaged/ },
  ])('is refused and left alone when $case holds something else', async ({ from, to, code }) => {
    await fill();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, from, Math.min(to, bytes.length));
    writeFileSync(path, bytes);
    await expect(use()).rejects.toMatchObject(refusal(code));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('is refused, and the log beside it kept, when it was emptied', async () => {
    const store = SqliteEventStore.open({ path });
    await store.append({ stream: 'run:a', expectedSequence: 0, events: [note('a')], durability: 'full' });
    const copy = join(folder, 'copy.db');
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    await store.close();
    writeFileSync(copy, '');
    path = copy;
    const log = readFileSync(`${copy}-wal`);
    expect(log.length).toBeGreaterThan(pageSize);
    await expect(use()).rejects.toMatchObject(refusal(/damaged/));
    expect(statSync(path).size).toBe(0);
    expect(readFileSync(`${copy}-wal`).equals(log)).toBe(true);
  });

  test('goes on from the last whole append when the end of its log is torn', async () => {
    const store = SqliteEventStore.open({ path });
    await store.append({ stream: 'run:a', expectedSequence: 0, events: [note('kept')], durability: 'full' });
    const before = statSync(`${path}-wal`).size;
    await store.append({ stream: 'run:a', expectedSequence: 1, events: [note('torn')], durability: 'full' });
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy);
    writeFileSync(`${copy}-wal`, readFileSync(`${path}-wal`).subarray(0, before + 100));
    await store.close();
    path = copy;
    await use();
    const again = SqliteEventStore.open({ path });
    const texts = (await collect(again.read('run:a'))).map((event) => (event.type === 'message.sent' ? event.data.content['text'] : ''));
    expect(texts).toEqual(['kept', 'more']);
    await again.close();
  });

  test('says that the disk is full, keeps what was recorded, and goes on once there is room', async () => {
    const executed = vi.spyOn(DatabaseSync.prototype, 'exec');
    const store = SqliteEventStore.open({ path });
    const database = executed.mock.contexts[0] as DatabaseSync;
    const append = (expectedSequence: number, text: string) =>
      store.append({ stream: 'run:a', expectedSequence, events: [note(text)], durability: 'full' });
    const kept = await append(0, 'kept');
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const full = { code: 'journal.disk_full', message: expect.stringContaining(path), hint: expect.stringContaining('space') };
    await expect(append(1, 'x'.repeat(100_000))).rejects.toMatchObject(full);
    await expect(store.putContent(Buffer.alloc(100_000))).rejects.toMatchObject(full);
    expect(await collect(store.read('run:a'))).toStrictEqual(kept);
    database.exec(`PRAGMA max_page_count = ${pages + 1_000}`);
    expect(await append(1, 'x'.repeat(100_000))).toHaveLength(1);
    await store.close();
  });

  test('says that the disk fails, and where the journal is', async () => {
    const store = SqliteEventStore.open({ path });
    const failing = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(() => {
      // As SQLite reports that fsync has failed.
      throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 1034 });
    });
    await expect(store.append({ stream: 'run:a', expectedSequence: 0, events: [note('lost')], durability: 'full' })).rejects.toMatchObject({
      code: 'journal.disk_failed',
      message: expect.stringContaining(path),
      hint: expect.stringContaining('Check the disk'),
    });
    failing.mockRestore();
    expect(await collect(store.read('run:a'))).toEqual([]);
    await store.close();
  });

  test('says so, instead of waiting for ever, while another process changes it', async () => {
    await fill();
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const store = SqliteEventStore.open({ path, busyTimeout: 1 });
    const owner = { host: 'oak', pid: 1, nonce: 'n' };
    const locked = { code: 'journal.locked', message: expect.stringContaining(path), hint: expect.any(String) };
    await expect(store.acquireLease({ stream: 'run:a', owner, milliseconds: 1_000 })).rejects.toMatchObject(locked);
    await expect(store.sendSignal({ stream: 'run:a', type: 'cancel', from: 'person' })).rejects.toMatchObject(locked);
    await expect(store.removeStream('run:a', { expectedSequence: 200 })).rejects.toMatchObject(locked);
    other.exec('ROLLBACK');
    other.close();
    await store.close();
  });

  test.each([
    { case: 'the file may not be written', file: 0o444, folderMode: 0o755 },
    { case: 'nothing may be put beside it', file: 0o666, folderMode: 0o555 },
    { case: 'it is not there and may not be created', file: undefined, folderMode: 0o555 },
  ])('is reported as unwritable, and left alone, where $case', async ({ file, folderMode }) => {
    await fill();
    const before = readFileSync(path);
    if (file === undefined) rmSync(path);
    else chmodSync(path, file);
    chmodSync(folder, folderMode);
    asNobody(() => {
      expect(() => SqliteEventStore.open({ path })).toThrow(
        expect.objectContaining({ code: 'journal.unwritable', message: expect.stringContaining(path), hint: expect.any(String) }),
      );
    });
    chmodSync(folder, 0o700);
    expect(existsSync(path) ? readFileSync(path) : undefined).toEqual(file === undefined ? undefined : before);
  });

  test.each([
    { case: 'the file', file: 0o444, folderMode: 0o755 },
    { case: 'the folder', file: 0o644, folderMode: 0o555 },
  ])('can be read, and not written, where $case may not be written', async ({ file, folderMode }) => {
    await fill();
    const before = readFileSync(path);
    chmodSync(path, file);
    chmodSync(folder, folderMode);
    const store = asNobody(() => SqliteEventStore.open({ path, access: 'read' }));
    expect(await collect(store.read('run:a'))).toHaveLength(200);
    await expect(
      store.append({ stream: 'run:a', expectedSequence: 200, events: [note('more')], durability: 'full' }),
    ).rejects.toMatchObject(refusal(/^journal\.unwritable$/));
    await store.close();
    expect(readFileSync(path)).toEqual(before);
  });

  test('is not read without its log of changes where that may not be used', async () => {
    await fill();
    writeFileSync(`${path}-wal`, 'changes');
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    asNobody(() => {
      expect(() => SqliteEventStore.open({ path, access: 'read' })).toThrow(expect.objectContaining({ code: 'journal.unwritable' }));
    });
  });

  test.each([
    { case: 'a signal', spoil: "UPDATE signals SET data = '[1'" },
    { case: 'a lease', spoil: "UPDATE leases SET nonce = 'x', epoch = 0" },
  ])('with $case that no program of ours has written says that it is damaged', async ({ spoil }) => {
    const store = SqliteEventStore.open({ path });
    await store.acquireLease({ stream: 'run:a', owner: { host: 'oak', pid: 1, nonce: 'n' }, milliseconds: 1_000 });
    await store.sendSignal({ stream: 'run:a', type: 'cancel', from: 'person' });
    const other = new DatabaseSync(path);
    other.exec(spoil);
    other.close();
    const readAll = async () => {
      await store.listLeases();
      for await (const signal of store.subscribeSignals('run:a', { signal: new AbortController().signal })) return signal;
      return undefined;
    };
    await expect(readAll()).rejects.toMatchObject({ code: 'journal.damaged' });
    await store.close();
  });
});

/** Permissions do not bind the administrator, who may be running these tests. `work` must not wait for anything. */
function asNobody<Result>(work: () => Result): Result {
  const nobody = 65_534;
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(nobody);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}
