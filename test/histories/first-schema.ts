import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JournalEvent } from '../../src/events/run-stream-events.ts';

/** What the first version of the program wrote; never changed. */
export const firstSchema = `
  CREATE TABLE streams (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL,
    first_time INTEGER NOT NULL,
    last_time INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL REFERENCES streams (stream),
    sequence INTEGER NOT NULL,
    time INTEGER NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    actor TEXT NOT NULL,
    correlation TEXT NOT NULL,
    causation INTEGER,
    data TEXT NOT NULL,
    UNIQUE (stream, sequence)
  ) STRICT;
  CREATE TABLE content (
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;
  PRAGMA application_id = 1835100020;
  PRAGMA user_version = 1;
  PRAGMA journal_mode = WAL;
`;

/** The events of a recorded history, as they were written. */
export function recordedEvents(path: string): JournalEvent[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEvent);
}

/** A journal as the first version left it on the disk, with these runs. */
export function writeFirstJournal(path: string, runs: readonly (readonly JournalEvent[])[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec(firstSchema);
  const stream = database.prepare('INSERT INTO streams (stream, sequence, first_time, last_time) VALUES (?, ?, ?, ?)');
  const event = database.prepare(
    'INSERT INTO events (stream, sequence, time, type, version, actor, correlation, causation, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  database.exec('BEGIN');
  for (const events of runs) {
    const [first, last] = [events[0]!, events.at(-1)!];
    stream.run(first.stream, last.sequence, first.time, last.time);
    for (const { stream: name, sequence, time, type, version, actor, correlation, causation, data } of events)
      event.run(name, sequence, time, type, version, actor, correlation, causation ?? null, JSON.stringify(data));
  }
  database.exec('COMMIT');
  database.close();
}
