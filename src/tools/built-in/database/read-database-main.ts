/**
 * A program of its own: reads an SQLite file in the sandbox, because whoever wrote the file, or the query, may have meant harm, and because a query can take for ever.
 * Its arguments: `schema <file>`, which prints a JSON text with the SQL of each table, index and view in a line, or `query <file> <sql>`, which prints rows. The file
 * is relative to the folder that it runs in. What is wrong is printed, with exit code 1.
 */
import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { constants, DatabaseSync, type SQLOutputValue } from 'node:sqlite';

const most = { statements: 2000, rows: 200, columns: 100, cell: 300 };
/** Of one value, and of one statement, in bytes. */
const limits = { length: 10_000_000, sqlLength: 1_000_000, attach: 0 };
/** Of all that a query keeps for sorting and grouping. */
const mostMemory = 256 * 1024 * 1024;
/** All that a query may do: look. Neither other files nor settings are within its reach. */
const looking: ReadonlySet<number> = new Set([
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_FUNCTION,
  constants.SQLITE_RECURSIVE,
]);

const [task, file = '', sql = ''] = process.argv.slice(2);
try {
  const path = checked(file);
  using database = new DatabaseSync(path, { readOnly: true, allowExtension: false, defensive: true, limits });
  database.exec(`PRAGMA hard_heap_limit=${mostMemory}`);
  database.setAuthorizer((action) => (looking.has(action) ? constants.SQLITE_OK : constants.SQLITE_DENY));
  const lines = task === 'schema' ? schemaOf(database) : rowsOf(database, sql);
  for (const line of lines) process.stdout.write(`${line}\n`);
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

/** No link is followed, and nothing is opened that does not begin like a database. */
function checked(name: string): string {
  const path = join(realpathSync('.'), name);
  if (realpathSync(path) !== path) throw new Error('it is reached through a link');
  const header = Buffer.alloc(16);
  const opened = openSync(path, 'r');
  try {
    readSync(opened, header, 0, header.length, 0);
  } finally {
    closeSync(opened);
  }
  if (header.toString('latin1') !== 'SQLite format 3\0') throw new Error('it is not an SQLite database');
  return path;
}

function* schemaOf(database: DatabaseSync): Generator<string> {
  const found = database.prepare(
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT ${most.statements}`,
  );
  for (const row of found.iterate()) yield JSON.stringify(String(row['sql']));
}

function* rowsOf(database: DatabaseSync, query: string): Generator<string> {
  const statement = database.prepare(query);
  const rest = query.slice(query.indexOf(statement.sourceSQL) + statement.sourceSQL.length);
  if (rest.replaceAll(/[\s;]/g, '') !== '') throw new Error('there is more than one statement; ask with one at a time');
  const columns = statement.columns().map(({ name }) => name);
  if (columns.length > most.columns) throw new Error(`it has ${columns.length} columns; ask for at most ${most.columns}`);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  yield columns.map(cell).join(' | ');
  let rows = 0;
  for (const row of statement.iterate() as Iterable<unknown> as Iterable<SQLOutputValue[]>) {
    if (rows === most.rows) {
      yield `[only the first ${most.rows} rows are shown]`;
      return;
    }
    rows += 1;
    yield row.map(cell).join(' | ');
  }
  yield `[${rows} ${rows === 1 ? 'row' : 'rows'}]`;
}

/** A value on one line. */
function cell(value: SQLOutputValue): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  const text = String(value).replaceAll(/[\r\n]+/g, ' ⏎ ');
  return text.length <= most.cell ? text : `${text.slice(0, most.cell)}…`;
}
