import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { toJournalError } from './journal-error.ts';
import { requirePlainJournal } from './require-plain-journal.ts';
import { prepareSchema } from './sqlite-schema.ts';

/**
 * Opens a database file that cannot be written, such as one on a read-only disk. Every write to it fails.
 * @throws MultiagentError, also for a journal with an earlier schema, which would have to be upgraded first.
 */
export function openJournalToRead({ path, busyTimeout }: { path: string; busyTimeout: number }): DatabaseSync {
  requirePlainJournal(path);
  try {
    return open(path, { path, busyTimeout });
  } catch (error) {
    // SQLite wants to create files beside a journal even to read it. Without a log of changes they are not needed.
    if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) throw toJournalError(error, path);
  }
  const unchanging = pathToFileURL(path);
  unchanging.searchParams.set('immutable', '1');
  try {
    return open(unchanging, { path, busyTimeout });
  } catch (error) {
    throw toJournalError(error, path);
  }
}

function open(place: string | URL, { path, busyTimeout }: { path: string; busyTimeout: number }): DatabaseSync {
  const database = new DatabaseSync(place, { timeout: busyTimeout, readOnly: true });
  try {
    prepareSchema(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
