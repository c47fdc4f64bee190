import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { schemaVersion } from '../../../src/state/store/sqlite-schema.ts';
import { firstSchema } from '../../histories/first-schema.ts';
import { collect } from './collect.ts';
import { newEvent, note, runStarted, taskAdded } from './sample-events.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a journal of the first version', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'state.db');
    const database = new DatabaseSync(path);
    database.exec(firstSchema);
    const histories = {
      'run:a': [runStarted(), taskAdded('t', 1), written('a.py', 'own'), written('b.py', 'shared')],
      'run:b': [collided()],
    };
    for (const [stream, events] of Object.entries(histories)) {
      database
        .prepare('INSERT INTO streams (stream, sequence, first_time, last_time) VALUES (?, ?, 1000, 1000)')
        .run(stream, events.length);
      for (const [index, { time, type, version, actor, correlation, data }] of events.entries()) {
        database
          .prepare('INSERT INTO events (stream, sequence, time, type, version, actor, correlation, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
          .run(stream, index + 1, time, type, version, actor, correlation, JSON.stringify(data));
      }
    }
    for (const text of ['own', 'shared', 'earlier', 'nobody knows']) {
      database.prepare('INSERT INTO content (sha256, bytes) VALUES (?, ?)').run(hashOf(text), Buffer.from(text));
    }
    database.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('keeps its events and contents, and takes everything new', async () => {
    const store = SqliteEventStore.open({ path });
    expect((await collect(store.read('run:a'))).map(({ type }) => type)).toEqual([
      'run.started',
      'task.added',
      'artifact.written',
      'artifact.written',
    ]);
    expect(Buffer.from((await store.getContent(hashOf('own'))) ?? []).toString()).toBe('own');
    const lease = await store.acquireLease({ stream: 'run:a', owner: { host: 'oak', pid: 1, nonce: 'n' }, milliseconds: 1_000 });
    expect(await store.append({ stream: 'run:a', expectedSequence: 4, events: [note('x')], durability: 'full', lease })).toHaveLength(1);
    await store.sendSignal({ stream: 'run:a', type: 'cancel', from: 'person' });
    await store.close();
    const database = new DatabaseSync(path);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: schemaVersion });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  test('knows from its events which contents a stream needs', async () => {
    const store = SqliteEventStore.open({ path });
    const left = async () => {
      const texts = ['own', 'shared', 'earlier', 'nobody knows'];
      const contents = await Promise.all(texts.map((text) => store.getContent(hashOf(text))));
      return texts.filter((_, index) => contents[index] !== undefined);
    };
    expect(await store.removeStream('run:a', { expectedSequence: 4 })).toEqual({ contents: 1 });
    expect(await left()).toEqual(['shared', 'earlier', 'nobody knows']);
    expect(await store.removeStream('run:b', { expectedSequence: 1 })).toEqual({ contents: 2 });
    expect(await left()).toEqual(['nobody knows']);
    await store.close();
  });

  test('is brought up to date although an event in it is damaged', async () => {
    const database = new DatabaseSync(path);
    database.exec("UPDATE events SET data = '{' WHERE sequence = 3");
    database.close();
    const store = SqliteEventStore.open({ path });
    await expect(collect(store.read('run:a'))).rejects.toMatchObject({ code: 'journal.damaged' });
    expect(await store.removeStream('run:b', { expectedSequence: 1 })).toEqual({ contents: 1 });
    await store.close();
  });

  test('is what it was when it cannot be brought up to date', () => {
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE signals (other TEXT)');
    database.close();
    const before = readFileSync(path);
    expect(() => SqliteEventStore.open({ path })).toThrow(/signals/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

function written(file: string, content: string) {
  const sha256 = hashOf(content);
  return newEvent('artifact.written', { task: 't', path: file, bytes: 1, sha256, outcome: 'created', format: 'fence', range: [0, 1] });
}

function collided() {
  const earlier = { task: 't', sha256: hashOf('earlier') };
  return newEvent('artifact.collided', { task: 't', path: 'b.py', sha256: hashOf('shared'), earlier });
}
