import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KnownEvent } from '../events/event-registry.ts';
import { systemClock, type Clock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { decodeEvent, encodeEvent, eventColumns, type EventRow } from './event-row.ts';
import type { AppendOptions, Durability, EventStore, StreamSummary } from './event-store.ts';
import { damagedJournal, toJournalError } from './journal-error.ts';
import { liveSubscription } from './live-subscription.ts';
import { openJournalDatabase } from './open-journal-database.ts';

export interface SqliteEventStoreOptions {
  /** The database file, or `:memory:` for a journal that ends with the store. */
  path: string;
  /** What subscriptions sleep by. */
  clock?: Clock | undefined;
  /** How often a subscription looks for what other processes have written, in milliseconds. Default 250. */
  pollInterval?: number | undefined;
  /** How long to wait for another process that writes, in milliseconds. Default 5000. */
  busyTimeout?: number | undefined;
}

/** Rows that are read at once: what a reader holds in memory, and how long it keeps others waiting. */
const pageSize = 256;

/**
 * The journal in one SQLite file. Any number of stores, in any number of processes, may use the same file. Content is always written with full
 * durability. Its statements are synchronous and short; no transaction is ever open while a caller waits.
 */
export class SqliteEventStore implements EventStore {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #pollInterval: number;
  readonly #closing = new AbortController();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #statements = new Map<string, StatementSync>();
  /** `openJournalDatabase` leaves it so. */
  #durability: Durability = 'full';

  /** @throws MultiagentError with a code `journal.…`; a file that is not ours is never changed. */
  static open(options: SqliteEventStoreOptions): SqliteEventStore {
    return new SqliteEventStore(options);
  }

  private constructor({ path, clock = systemClock, pollInterval = 250, busyTimeout = 5000 }: SqliteEventStoreOptions) {
    this.#path = path;
    this.#clock = clock;
    this.#pollInterval = pollInterval;
    this.#database = openJournalDatabase({ path, busyTimeout });
  }

  async append({ stream, expectedSequence, events, durability }: AppendOptions): Promise<KnownEvent[]> {
    if (stream === '') throw new TypeError('a stream has a name');
    const encoded = events.map(encodeEvent);
    const appended = this.#write(durability, () => {
      const before = this.#prepared('SELECT sequence FROM streams WHERE stream = ?').get(stream);
      const found = Number(before?.['sequence'] ?? 0);
      if (found !== expectedSequence) throw conflict(stream, expectedSequence, found);
      const first = encoded[0];
      const last = encoded.at(-1);
      if (first === undefined || last === undefined) return [];
      if (before === undefined) {
        this.#prepared('INSERT INTO streams (stream, sequence, first_time, last_time) VALUES (?, 0, ?, ?)').run(
          stream,
          first.event.time,
          last.event.time,
        );
      }
      const insert = this.#prepared(
        'INSERT INTO events (stream, sequence, time, type, version, actor, correlation, causation, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      const numbered = encoded.map(({ event, json }, index) => {
        const { time, type, version, actor, correlation, causation } = event;
        const sequence = found + index + 1;
        const row = insert.run(stream, sequence, time, type, version, actor, correlation, causation ?? null, json);
        return { ...event, stream, sequence, position: Number(row.lastInsertRowid) };
      });
      this.#prepared('UPDATE streams SET sequence = ?, last_time = ? WHERE stream = ?').run(
        found + encoded.length,
        last.event.time,
        stream,
      );
      return numbered;
    });
    if (appended.length > 0) for (const listener of this.#listeners.get(stream) ?? []) listener();
    return appended;
  }

  async *read(stream: string, { after = 0 }: { after?: number | undefined } = {}): AsyncGenerator<KnownEvent, void, undefined> {
    let page: KnownEvent[];
    do {
      page = this.#readPage(stream, after);
      yield* page;
      after = page.at(-1)?.sequence ?? after;
    } while (page.length === pageSize);
  }

  subscribe(
    stream: string,
    { after = 0, signal }: { after?: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<KnownEvent, void, undefined> {
    return liveSubscription({
      source: {
        readPage: (cursor) => this.#readPage(stream, cursor),
        cursorOf: (event: KnownEvent) => event.sequence,
        externalVersion: () => Number(this.#run(() => this.#prepared('PRAGMA data_version').get())?.['data_version']),
        onAppend: (listener) => this.#listen(stream, listener),
      },
      after,
      signals: [signal, this.#closing.signal],
      clock: this.#clock,
      pollInterval: this.#pollInterval,
    });
  }

  async list({ prefix = '', limit }: { prefix?: string | undefined; limit?: number | undefined } = {}): Promise<StreamSummary[]> {
    const rows = this.#run(() =>
      this.#prepared(
        `SELECT stream, sequence, first_time, last_time FROM streams
         WHERE substr(stream, 1, length(?1)) = ?1 ORDER BY number DESC LIMIT ?2`,
      ).all(prefix, limit ?? -1),
    );
    return rows.map((row) => ({
      stream: String(row['stream']),
      sequence: Number(row['sequence']),
      firstTime: Number(row['first_time']),
      lastTime: Number(row['last_time']),
    }));
  }

  async putContent(content: Uint8Array): Promise<string> {
    const sha256 = hash(content);
    this.#write('full', () => this.#prepared('INSERT OR IGNORE INTO content (sha256, bytes) VALUES (?, ?)').run(sha256, content));
    return sha256;
  }

  async getContent(sha256: string): Promise<Uint8Array | undefined> {
    const row = this.#run(() => this.#prepared('SELECT bytes FROM content WHERE sha256 = ?').get(sha256));
    if (row === undefined) return undefined;
    const bytes = row['bytes'];
    if (!(bytes instanceof Uint8Array) || hash(bytes) !== sha256) {
      throw damagedJournal(this.#path, `the content ${sha256} is no longer what was put there`);
    }
    return bytes;
  }

  /** Ends the subscriptions too. Closing twice does no harm; any other use of a closed store is a defect of the program. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #readPage(stream: string, after: number): KnownEvent[] {
    const rows = this.#run(() =>
      this.#prepared(`SELECT ${eventColumns.join(', ')} FROM events WHERE stream = ? AND sequence > ? ORDER BY sequence LIMIT ?`).all(
        stream,
        after,
        pageSize,
      ),
    );
    return rows.map((row) => decodeEvent(row as EventRow, this.#path));
  }

  #listen(stream: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(stream) ?? new Set();
    this.#listeners.set(stream, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(stream) === listeners) this.#listeners.delete(stream);
    };
  }

  #write<Result>(durability: Durability, work: () => Result): Result {
    return this.#run(() => {
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

  #run<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toJournalError(error, this.#path);
    }
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function hash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function conflict(stream: string, expected: number, found: number): MultiagentError {
  return new MultiagentError({
    code: 'journal.conflict',
    message: `Someone else has written to "${stream}": it holds ${found} events where ${expected} were expected.`,
    hint: 'Another process owns this run. Watch it there, or stop it before continuing it here.',
  });
}
