import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { salvageJournal } from '../../../src/state/salvage/salvage-journal.ts';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { collect } from '../store/collect.ts';
import { note } from '../store/sample-events.ts';

const pageSize = 4096;

describe('salvaging a journal', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'state.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Two streams with short, long and very long events, and everything else that a journal holds. */
  const fill = async (store: SqliteEventStore): Promise<{ a: JournalEvent[]; b: JournalEvent[] }> => {
    for (let sequence = 0; sequence < 120; sequence += 1) {
      const length = [10, 1_500, 5_000, 60_000, 100][sequence % 5] ?? 0;
      const events = [note(`${sequence} ü \u0000 ${String.fromCodePoint(97 + (sequence % 26)).repeat(length)}`, sequence)];
      await store.append({ stream: 'run:a', expectedSequence: sequence, events, durability: 'normal' });
    }
    const withCause = { ...note('b'), causation: 1 };
    await store.append({ stream: 'run:b', expectedSequence: 0, events: [note('b'), withCause], durability: 'full' });
    await store.putContent(Buffer.alloc(30_000, 'content'), { stream: 'run:a' });
    await store.sendSignal({ stream: 'run:a', type: 'cancel', from: 'person' });
    await store.acquireLease({ stream: 'run:a', owner: { host: 'oak', pid: 1, nonce: 'n' }, milliseconds: 1_000 });
    return { a: await collect(store.read('run:a')), b: await collect(store.read('run:b')) };
  };

  test('yields every event of one that is whole, and leaves nothing beside it', async () => {
    const store = SqliteEventStore.open({ path });
    const { a, b } = await fill(store);
    await store.close();
    const salvaged = salvageJournal(path);
    expect([...salvaged.events()]).toStrictEqual([...b, ...a]);
    expect([...salvaged.events('run:b')]).toStrictEqual(b);
    expect([...salvaged.events('run:c')]).toEqual([]);
    expect(salvaged).toMatchObject({
      missingPages: 0,
      unreadableRows: 0,
      streams: [
        { stream: 'run:b', events: 2, lost: 0 },
        { stream: 'run:a', events: 120, lost: 0 },
      ],
    });
    expect(readdirSync(folder)).toEqual(['state.db']);
  });

  test('yields what only the log holds, up to its first torn page', async () => {
    const store = SqliteEventStore.open({ path });
    const { a, b } = await fill(store);
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy);
    const log = readFileSync(`${path}-wal`);
    await store.close();
    writeFileSync(`${copy}-wal`, log);
    expect([...salvageJournal(copy).events()]).toStrictEqual([...b, ...a]);
    writeFileSync(`${copy}-wal`, log.fill(0, Math.floor(log.length / 2)));
    const rest = [...salvageJournal(copy).events()];
    expect(rest.length).toBeGreaterThan(10);
    expect(rest.length).toBeLessThan(122);
    expect(rest).toStrictEqual(a.slice(0, rest.length));
  });

  test('yields contents that are whole, and none that is not what its hash says', async () => {
    const store = SqliteEventStore.open({ path });
    const contents = [Buffer.from('short'), Buffer.alloc(30_000, 'long'), Buffer.from('spoilt')];
    const hashes: string[] = [];
    for (const content of contents) hashes.push(await store.putContent(content, { stream: 'run:a' }));
    await store.close();
    const bytes = readFileSync(path).fill(0xa5, 0, pageSize);
    bytes.write('SPOILT', bytes.lastIndexOf('spoilt'));
    writeFileSync(path, bytes);
    const found = salvageJournal(path).contents([...hashes, '0'.repeat(64)]);
    expect([...found.keys()]).toEqual(hashes.slice(0, 2));
    expect([...found.values()].map((content) => Buffer.from(content))).toEqual(contents.slice(0, 2));
  });

  test('does not bring back what was removed', async () => {
    const store = SqliteEventStore.open({ path });
    const { b } = await fill(store);
    const lease = await store.readLease('run:a');
    if (lease !== undefined) await store.releaseLease(lease);
    await store.removeStream('run:a', { expectedSequence: 120 });
    await store.close();
    expect([...salvageJournal(path).events()]).toStrictEqual(b);
  });

  test('tells how much is lost when the end of the file is', async () => {
    const store = SqliteEventStore.open({ path });
    const { a, b } = await fill(store);
    await store.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, pageSize * 100 + 1_000));
    const salvaged = salvageJournal(path);
    const events = [...salvaged.events('run:a')];
    expect(events.length).toBeGreaterThan(10);
    expect(events).toStrictEqual(a.filter(({ sequence }) => events.some((event) => event.sequence === sequence)));
    expect(salvaged.streams.find(({ stream }) => stream === 'run:a')).toEqual({
      stream: 'run:a',
      events: events.length,
      lost: 120 - events.length,
    });
    expect(salvaged.missingPages).toBe(1);
    expect(b).toHaveLength(2);
  });

  test('needs neither the header nor the list of tables', async () => {
    const store = SqliteEventStore.open({ path });
    const { a, b } = await fill(store);
    await store.close();
    writeFileSync(path, readFileSync(path).fill(0xa5, 0, pageSize));
    expect([...salvageJournal(path).events()]).toStrictEqual([...b, ...a]);
  });

  test('yields what does not lie on wiped pages as it was, and counts the rest as lost', async () => {
    const store = SqliteEventStore.open({ path });
    const { a } = await fill(store);
    await store.close();
    const whole = readFileSync(path);
    const pages = fc.uniqueArray(fc.nat(whole.length / pageSize - 1), { maxLength: 20 });
    fc.assert(
      fc.property(pages, (wiped) => {
        const bytes = Buffer.from(whole);
        for (const page of wiped) bytes.fill(0, page * pageSize, (page + 1) * pageSize);
        writeFileSync(path, bytes);
        const salvaged = salvageJournal(path);
        const events = [...salvaged.events('run:a')];
        expect(events).toStrictEqual(events.flatMap(({ sequence }) => a[sequence - 1] ?? []));
        const stream = salvaged.streams.find((candidate) => candidate.stream === 'run:a');
        expect(stream?.events).toBe(events.length);
        expect((stream?.events ?? 0) + (stream?.lost ?? 0)).toBeLessThanOrEqual(120);
        // No page holds more than this many of these events.
        expect(events.length).toBeGreaterThanOrEqual(120 - wiped.length * 5);
      }),
      { numRuns: 25 },
    );
  });

  test('never fails, whatever the bytes became', async () => {
    const store = SqliteEventStore.open({ path });
    await fill(store);
    await store.close();
    const whole = readFileSync(path);
    const damage = fc.record({ at: fc.nat(whole.length - 1), length: fc.constantFrom(1, 4, 100, pageSize), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 40 }), (damages) => {
        const bytes = Buffer.from(whole);
        for (const { at, length, byte } of damages) bytes.fill(byte, at, Math.min(at + length, bytes.length));
        writeFileSync(path, bytes);
        const salvaged = salvageJournal(path);
        const yielded = [...salvaged.events()].length;
        expect(yielded).toBe(salvaged.streams.reduce((sum, { events }) => sum + events, 0));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    { case: 'text', content: Buffer.from('These are my notes.\n'.repeat(1_000)) },
    { case: 'nothing', content: Buffer.alloc(0) },
    { case: 'the byte that begins a page of rows', content: Buffer.alloc(20_000, 13) },
  ])('finds nothing in a file that holds $case', ({ content }) => {
    writeFileSync(path, content);
    const salvaged = salvageJournal(path);
    expect([...salvaged.events()]).toEqual([]);
    expect(salvaged.streams).toEqual([]);
  });

  test('of a file that is not there says so', () => {
    expect(() => salvageJournal(path)).toThrow(
      expect.objectContaining({ code: 'journal.unreadable', message: expect.stringContaining(path), hint: expect.any(String) }),
    );
  });
});
