import type { SqliteConnection } from './sqlite-connection.ts';
import { longestText, type ListEndsOptions, type StreamEnd, type StreamEnds } from './stream-ends.ts';

/** Reads both ends of each stream in one statement. SQLite picks the fields, because parsing whole first events here would take ten times as long. */
export function endsInSqlite(connection: SqliteConnection, { prefix = '', limit = -1, fields = [] }: ListEndsOptions): StreamEnds[] {
  const columns = (['first', 'last'] as const).flatMap((end) => [
    `${end}.type AS ${end}_type`,
    `${end}.time AS ${end}_time`,
    ...fields.map((_, index) => textColumn(end, index)),
  ]);
  const rows = connection.run(() =>
    connection
      .prepared(
        `SELECT newest.stream, newest.sequence, ${columns.join(', ')}
         FROM (SELECT * FROM streams WHERE substr(stream, 1, length(?1)) = ?1 ORDER BY first_time DESC, number DESC LIMIT ?2) AS newest
         JOIN events AS first ON first.stream = newest.stream AND first.sequence = 1
         JOIN events AS last ON last.stream = newest.stream AND last.sequence = newest.sequence
         ORDER BY newest.first_time DESC, newest.number DESC`,
      )
      .all(prefix, limit, ...fields.map((field) => `$.${field.split('.').map((name) => JSON.stringify(name)).join('.')}`)),
  );
  return rows.map((row) => {
    const end = (name: 'first' | 'last'): StreamEnd => ({
      type: String(row[`${name}_type`]),
      time: Number(row[`${name}_time`]),
      texts: Object.fromEntries(
        fields.flatMap((field, index) => {
          const text = row[`${name}_${index}`];
          return typeof text === 'string' ? [[field, text]] : [];
        }),
      ),
    });
    return { stream: String(row['stream']), sequence: Number(row['sequence']), first: end('first'), last: end('last') };
  });
}

/** The paths are parameters, after the two of the statement. Data that is no JSON has no texts. */
function textColumn(end: 'first' | 'last', index: number): string {
  const path = `?${index + 3}`;
  const text = `CASE WHEN json_type(${end}.data, ${path}) = 'text' THEN substr(json_extract(${end}.data, ${path}), 1, ${longestText}) END`;
  return `CASE WHEN json_valid(${end}.data) THEN ${text} END AS ${end}_${index}`;
}
