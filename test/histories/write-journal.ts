import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** The first line of a recorded journal. */
interface RecordedSchema {
  /** The version of the program in our history that wrote it. */
  commit: string;
  application_id: number;
  user_version: number;
  /** The statements that make its tables and indexes. */
  schema: string[];
}

/** Each other line: a row of a table. */
interface RecordedRow {
  table: string;
  row: Record<string, string | number | null | { base64: string }>;
}

/** Lays a journal down as an earlier program left it on the disk, table by table and row by row. */
export function writeJournal(recording: string, path: string): void {
  const [head = '', ...rows] = readFileSync(recording, 'utf8').trimEnd().split('\n');
  const { application_id: application, user_version: version, schema } = JSON.parse(head) as RecordedSchema;
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec(
    `${schema.join(';\n')}; PRAGMA application_id = ${application}; PRAGMA user_version = ${version}; PRAGMA journal_mode = WAL; BEGIN`,
  );
  for (const line of rows) {
    const { table, row } = JSON.parse(line) as RecordedRow;
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(...Object.values(row).map(valueOf));
  }
  database.exec('COMMIT');
  database.close();
}

function valueOf(value: RecordedRow['row'][string]): SQLInputValue {
  return typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value;
}
