import { closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ensureOwnFolderSync } from '../../utils/own-folder.ts';
import { damagedJournal, describeJournalFailure, toJournalError, unwritableJournal } from './journal-error.ts';
import { requirePlainJournal } from './require-plain-journal.ts';
import { prepareSchema } from './sqlite-schema.ts';

export interface OpenJournalDatabaseOptions {
  path: string;
  /** How long a statement waits for another process that writes, in milliseconds. */
  busyTimeout: number;
}

/**
 * Opens the database file; creates it, and its folder, if it does not exist.
 * @throws MultiagentError. A file that is not a journal of this program is left as it is.
 */
export function openJournalDatabase({ path, busyTimeout }: OpenJournalDatabaseOptions): DatabaseSync {
  if (path !== ':memory:') {
    requirePlainJournal(path);
    createPrivateFile(path);
    refuseLoneLog(path);
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true });
    database.exec('PRAGMA trusted_schema = OFF');
    prepareSchema(database, path);
    switchToWriteAheadLog(database, path, busyTimeout);
    database.exec('PRAGMA synchronous = FULL');
    // Moving the log into the file waits for the disk twice: done less often than by default, with a log of at most about 16 MB.
    database.exec('PRAGMA wal_autocheckpoint = 4000');
    return database;
  } catch (error) {
    database?.close();
    throw toJournalError(error, path);
  }
}

/** Requirements and code are nobody else's business. SQLite gives the files it puts beside the database the same permissions. */
function createPrivateFile(path: string): void {
  try {
    ensureOwnFolderSync(dirname(path));
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw unwritableJournal(path, error);
  }
}

/** SQLite takes an empty file for a new database and deletes the write-ahead log beside it, which may be all that is left of a journal. */
function refuseLoneLog(path: string): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log !== undefined && log.size > 0 && statSync(path).size === 0) {
    throw damagedJournal(path, 'it is empty, but there is a log of changes to it');
  }
}

/**
 * To turn it on, SQLite needs exclusive access for a moment, but does not always wait for that: two processes that create one journal at the same time would
 * refuse each other.
 */
function switchToWriteAheadLog(database: DatabaseSync, path: string, busyTimeout: number): void {
  const pause = 20;
  const asleep = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; ; waited += pause) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (describeJournalFailure(error, path)?.code !== 'journal.locked' || waited >= busyTimeout) throw error;
      Atomics.wait(asleep, 0, 0, pause);
    }
  }
}
