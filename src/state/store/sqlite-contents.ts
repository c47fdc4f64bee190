import type { Durability } from './event-store.ts';
import { damagedJournal } from './journal-error.ts';
import { hashContent } from '../../utils/hash-content.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** The name under which content without a stream is needed for ever; no stream has this name. */
const everybody = '';

/** The tables `content` and `needed_content`. */
export class SqliteContents {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  put(content: Uint8Array, durability: Durability, stream: string = everybody): string {
    const sha256 = hashContent(content);
    this.#connection.write(durability, () => {
      this.#connection.prepared('INSERT OR IGNORE INTO content (sha256, bytes) VALUES (?, ?)').run(sha256, content);
      this.#connection.prepared('INSERT OR IGNORE INTO needed_content (stream, sha256) VALUES (?, ?)').run(stream, sha256);
    });
    return sha256;
  }

  get(sha256: string): Uint8Array | undefined {
    const row = this.#connection.run(() => this.#connection.prepared('SELECT bytes FROM content WHERE sha256 = ?').get(sha256));
    if (row === undefined) return undefined;
    const bytes = row['bytes'];
    if (!(bytes instanceof Uint8Array) || hashContent(bytes) !== sha256) {
      throw damagedJournal(this.#connection.path, `the content ${sha256} is no longer what was put there`);
    }
    return bytes;
  }

  /** @returns how many were removed because no other stream needs them. Only within `SqliteConnection.write`. */
  forget(stream: string): number {
    const needed = this.#connection.prepared('SELECT sha256 FROM needed_content WHERE stream = ?').all(stream);
    this.#connection.prepared('DELETE FROM needed_content WHERE stream = ?').run(stream);
    const remove = this.#connection.prepared(
      'DELETE FROM content WHERE sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM needed_content WHERE sha256 = ?1)',
    );
    return needed.reduce((removed, { sha256 }) => removed + Number(remove.run(sha256 ?? null).changes), 0);
  }
}
