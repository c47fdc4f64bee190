import type { SQLOutputValue } from 'node:sqlite';
import { latestTime } from '../../utils/clock.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { listedCharacters, type ListEndsOptions, type StreamEnds } from './stream-ends.ts';

/** Reads both ends of each stream in one statement. SQLite picks the fields, because parsing whole first events here would take ten times as long. */
export function endsInSqlite(
  connection: SqliteConnection,
  { prefix = '', limit = -1, first = [], last = [], lastOf = [] }: ListEndsOptions,
): StreamEnds[] {
  const fields = first.length + last.length;
  const rows = connection.run(() =>
    connection
      .prepared(
        `SELECT newest.stream, newest.sequence, newest.last_time AS stream_last_time,
           first.type AS first_type, first.time AS first_time, ${textsColumn('first', first.length, 3)},
           last.type AS last_type, last.time AS last_time, ${textsColumn('last', last.length, 3 + first.length)}
         FROM (SELECT * FROM streams WHERE substr(stream, 1, length(?1)) = ?1 ORDER BY number DESC LIMIT ?2) AS newest
         JOIN events AS first ON first.stream = newest.stream AND first.sequence = 1
         JOIN events AS last ON last.stream = newest.stream AND last.sequence = ${lastSequence(lastOf.length, 3 + fields)}
         ORDER BY newest.number DESC`,
      )
      .all(prefix, limit, ...first.map(pathOf), ...last.map(pathOf), ...lastOf),
  );
  return rows.map((row) => ({
    stream: String(row['stream']),
    sequence: Number(row['sequence']),
    lastTime: timeOf(row['stream_last_time']),
    first: { type: String(row['first_type']), time: timeOf(row['first_time']), texts: textsOf(row['first_texts'], first) },
    last: { type: String(row['last_type']), time: timeOf(row['last_time']), texts: textsOf(row['last_texts'], last) },
  }));
}

/** Lists also show streams that cannot be read. */
function timeOf(value: SQLOutputValue | undefined): number {
  return Math.min(Math.max(Number(value), -latestTime), latestTime);
}

/** Walks back from the end of the stream, usually one step. The types are parameters from number `from` on. */
function lastSequence(types: number, from: number): string {
  if (types === 0) return 'newest.sequence';
  const wanted = Array.from({ length: types }, (_, index) => `?${from + index}`).join(', ');
  const found = `SELECT sequence FROM events WHERE stream = newest.stream AND type IN (${wanted}) ORDER BY sequence DESC LIMIT 1`;
  return `coalesce((${found}), newest.sequence)`;
}

/** The paths of the fields are parameters from number `from` on. Data that is not JSON has no texts. */
function textsColumn(end: 'first' | 'last', fields: number, from: number): string {
  const texts = Array.from({ length: fields }, (_, index) => `substr(${end}.data ->> ?${from + index}, 1, ${listedCharacters})`);
  return `CASE WHEN json_valid(${end}.data) THEN json_array(${texts.join(', ')}) END AS ${end}_texts`;
}

function pathOf(field: string): string {
  const names = field.split('.').map((name) => JSON.stringify(name));
  return `$.${names.join('.')}`;
}

function textsOf(column: SQLOutputValue | undefined, fields: readonly string[]): Record<string, string> {
  const texts: Record<string, string> = {};
  if (typeof column !== 'string') return texts;
  const found = JSON.parse(column) as unknown[];
  for (const [index, field] of fields.entries()) {
    const text = found[index];
    if (typeof text === 'string') texts[field] = text;
  }
  return texts;
}
