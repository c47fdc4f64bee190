import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Durability } from './event-store.ts';
import { toJournalError } from './journal-error.ts';
import { openJournalDatabase } from './open-journal-database.ts';
import { openJournalToRead } from './open-journal-to-read.ts';

export type JournalAccess = 'read' | 'read and write';

/** The open database of one store. Its failures have a `journal.…` code if a person can do something about them. */
export class SqliteConnection {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** As `openJournalDatabase` leaves it. */
  #durability: Durability = 'full';

  constructor({ path, busyTimeout, access }: { path: string; busyTimeout: number; access: JournalAccess }) {
    this.path = path;
    this.#database = access === 'read' ? openJournalToRead({ path, busyTimeout }) : openJournalDatabase({ path, busyTimeout });
  }

  /** One transaction, which has the right to write from its beginning and is rolled back if `work` throws. */
  write<Result>(durability: Durability, work: () => Result): Result {
    return this.run(() => {
      if (durability !== this.#durability) {
        // A full commit syncs the whole log, and with it the normal ones before it.
        this.#database.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
        this.#durability = durability;
      }
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  run<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toJournalError(error, this.path);
    }
  }

  prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** A number that changes whenever another connection writes. */
  externalVersion(): number {
    return Number(this.run(() => this.prepared('PRAGMA data_version').get())?.['data_version']);
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}
