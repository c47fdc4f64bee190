import type { DatabaseSync } from 'node:sqlite';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { foreignJournal } from './journal-error.ts';

/** Marks the file as ours, so that another program's database is never taken for a journal. */
const applicationId = 0x6d_61_67_74;

/**
 * Each entry upgrades a journal from the version of its index to the next one. Entries are never changed, only added: `PRAGMA user_version` counts those that
 * were applied to a file.
 */
const migrations = [
  `
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
  `,
  // A lease without a nonce was released; its row keeps the epoch. Older content without a known stream belongs to the streams whose events name it.
  `
  CREATE TABLE leases (
    stream TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    host TEXT,
    pid INTEGER,
    nonce TEXT,
    renewed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE signals (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    time INTEGER NOT NULL,
    type TEXT NOT NULL,
    sender TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX signals_of_stream ON signals (stream, number);

  CREATE TABLE needed_content (
    stream TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES content (sha256),
    PRIMARY KEY (stream, sha256)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX needed_content_by_hash ON needed_content (sha256);

  INSERT OR IGNORE INTO needed_content (stream, sha256)
  SELECT named.stream, content.sha256
  FROM (SELECT stream, CASE WHEN json_valid(data) THEN data END AS data FROM events WHERE type GLOB 'artifact.*') AS named
  JOIN content ON content.sha256 IN (json_extract(named.data, '$.sha256'), json_extract(named.data, '$.earlier.sha256'));
  `,
];

/** The version of the schema that this program writes. */
export const schemaVersion = migrations.length;

/**
 * Brings the schema up to date in one transaction. Changes nothing if it throws.
 * @throws MultiagentError `journal.foreign` for a database that is not ours, `journal.newer` for one from a newer program.
 */
export function prepareSchema(database: DatabaseSync, path: string): void {
  if (checkVersion(database, path) === schemaVersion) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Checked again within the transaction: another process may have been faster.
    const version = checkVersion(database, path);
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function checkVersion(database: DatabaseSync, path: string): number {
  const version = readNumber(database, 'PRAGMA user_version');
  const owner = readNumber(database, 'PRAGMA application_id');
  const isEmpty = readNumber(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  // A journal has none: they would run with every statement, whatever somebody has put in them.
  const programs = readNumber(database, "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')");
  const isOurs = programs === 0 && (owner === applicationId || (owner === 0 && version === 0 && isEmpty));
  if (!isOurs) throw foreignJournal(path);
  if (version > schemaVersion) {
    throw new MultiagentError({
      code: 'journal.newer',
      message: `The journal ${path} was written by a newer multiagent: its schema has version ${version}, this program knows up to ${schemaVersion}.`,
      hint: 'Install the newest multiagent, or choose another workspace.',
    });
  }
  return version;
}

function readNumber(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}
