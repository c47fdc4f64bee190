import { DatabaseSync } from 'node:sqlite';

/**
 * Node's own SQLite in the shape that LangGraph's saver asks for. Its own module is native and would have to be compiled for the Node of this repository; so
 * both sides of the comparison write with the same SQLite.
 */
export function openSqlite(path) {
  const database = new DatabaseSync(path);
  return {
    pragma: (text) => database.exec(`PRAGMA ${text}`),
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql);
      const given = (values) => values.map((value) => value ?? null);
      return {
        run: (...values) => statement.run(...given(values)),
        get: (...values) => statement.get(...given(values)),
        all: (...values) => statement.all(...given(values)),
      };
    },
    transaction:
      (work) =>
      (...given) => {
        database.exec('BEGIN');
        try {
          const result = work(...given);
          database.exec('COMMIT');
          return result;
        } catch (error) {
          database.exec('ROLLBACK');
          throw error;
        }
      },
    close: () => database.close(),
  };
}
