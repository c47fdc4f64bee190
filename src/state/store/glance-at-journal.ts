import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { runStreams } from '../../events/run-stream.ts';
import { requirePlainJournal } from './require-plain-journal.ts';
import { prepareSchema } from './sqlite-schema.ts';

/** As much of a run as helps a person to recognise it. The texts are as they stand in the journal, and cut. */
export interface GlancedRun {
  run: string;
  workflow: string;
  requirement: string;
}

/** What one look at a journal tells. */
export interface JournalGlance {
  /** Newest first. */
  runs: (limit: number) => GlancedRun[];
  /** The ids of the tasks of a run, in the order in which they joined it. */
  tasks: (run: string, limit: number) => string[];
}

/** Whoever asks has a person waiting who types. */
const busyTimeout = 100;
const mostCharacters = 200;

/**
 * Looks into a journal without the store and its events, and leaves everything as it is: no file is created beside it, and none is changed.
 * @returns undefined where there is no journal, or none that can be looked into like this.
 */
export function glanceAtJournal<Result>(path: string, look: (glance: JournalGlance) => Result): Result | undefined {
  let database: DatabaseSync | undefined;
  try {
    requirePlainJournal(path);
    const place = placeToRead(path);
    if (place === undefined) return undefined;
    database = new DatabaseSync(place, { timeout: busyTimeout, readOnly: true });
    database.exec('PRAGMA trusted_schema = OFF');
    prepareSchema(database, path);
    return look(glanceOf(database));
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}

/** SQLite creates files beside a journal to read it, except where it is told that nobody writes. With a log of changes, the index of that log has to be there. */
function placeToRead(path: string): string | URL | undefined {
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (sizeOf(path) === 0) return undefined;
  if (sizeOf(`${path}-wal`) > 0) return sizeOf(`${path}-shm`) > 0 ? path : undefined;
  const unchanging = pathToFileURL(path);
  unchanging.searchParams.set('immutable', '1');
  return unchanging;
}

function glanceOf(database: DatabaseSync): JournalGlance {
  const text = (field: string) => `CASE WHEN json_valid(data) THEN substr(data ->> '${field}', 1, ${mostCharacters}) END`;
  return {
    runs: (limit) =>
      database
        .prepare(
          `SELECT newest.stream AS stream, ${text('$.workflow')} AS workflow, ${text('$.input.requirement')} AS requirement
           FROM (SELECT * FROM streams WHERE substr(stream, 1, length(?1)) = ?1 ORDER BY number DESC LIMIT ?2) AS newest
           JOIN events ON events.stream = newest.stream AND events.sequence = 1 ORDER BY newest.number DESC`,
        )
        .all(runStreams, limit)
        .map(({ stream, workflow, requirement }) => ({
          run: String(stream).slice(runStreams.length),
          workflow: String(workflow ?? ''),
          requirement: String(requirement ?? ''),
        })),
    tasks: (run, limit) =>
      database
        .prepare(`SELECT ${text('$.task')} AS task FROM events WHERE stream = ? AND type = 'task.added' ORDER BY sequence LIMIT ?`)
        .all(`${runStreams}${run}`, limit)
        .map(({ task }) => String(task ?? '')),
  };
}
