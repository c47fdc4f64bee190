import { type EventRegistry, standardEvents } from '../../events/event-registry.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import { systemClock, type Clock } from '../../utils/clock.ts';
import { decodeEvent, encodeEvent, eventColumns, type EventRow } from './event-row.ts';
import type { AcquireLeaseOptions, AppendOptions, Durability, EventStore, SendSignalOptions, StreamSummary } from './event-store.ts';
import { checkSequence } from './journal-error.ts';
import { type Lease, LeaseHeldError } from './lease.ts';
import { checkCurrent, heldLease } from './lease-rules.ts';
import { everything, Listeners } from './listeners.ts';
import { liveSubscription } from './live-subscription.ts';
import { decodeSignal, encodeSignalData } from './signal-row.ts';
import type { Signal } from './signal.ts';
import { type JournalAccess, SqliteConnection } from './sqlite-connection.ts';
import { SqliteContents } from './sqlite-contents.ts';
import { SqliteLeases } from './sqlite-leases.ts';
import { endsInSqlite } from './sqlite-stream-ends.ts';
import type { ListEndsOptions, StreamEnds } from './stream-ends.ts';

export interface SqliteEventStoreOptions {
  /** The database file, or `:memory:` for a journal that ends with the store. */
  path: string;
  /** What leases are judged by and subscriptions sleep by. */
  clock?: Clock | undefined;
  /** How often a subscription looks for what other processes have written, in milliseconds. Default 250. */
  pollInterval?: number | undefined;
  /** How long to wait for another process that writes, in milliseconds. Default 5000. */
  busyTimeout?: number | undefined;
  /** `read`: for a file that may not be written; it has to be there, and every write fails. Default: `read and write`. */
  access?: JournalAccess | undefined;
  /** The types of events. Default: those of this program. */
  events?: EventRegistry | undefined;
}

/** Rows that are read at once: what a reader holds in memory, and how long it keeps others waiting. */
const pageSize = 256;

/**
 * The journal in one SQLite file. Any number of stores, in any number of processes, may use the same file. Its statements are synchronous and short; no transaction is ever open while a caller waits.
 */
export class SqliteEventStore implements EventStore {
  readonly events: EventRegistry;
  readonly #connection: SqliteConnection;
  readonly #leases: SqliteLeases;
  readonly #contents: SqliteContents;
  readonly #clock: Clock;
  readonly #pollInterval: number;
  readonly #closing = new AbortController();
  readonly #eventListeners = new Listeners();
  readonly #signalListeners = new Listeners();

  /** @throws MultiagentError with a code `journal.…`; a file that is not ours is never changed. */
  static open(options: SqliteEventStoreOptions): SqliteEventStore {
    return new SqliteEventStore(options);
  }

  private constructor({
    path,
    clock = systemClock,
    pollInterval = 250,
    busyTimeout = 5000,
    access = 'read and write',
    events = standardEvents(),
  }: SqliteEventStoreOptions) {
    this.events = events;
    this.#clock = clock;
    this.#pollInterval = pollInterval;
    this.#connection = new SqliteConnection({ path, busyTimeout, access });
    this.#leases = new SqliteLeases(this.#connection, clock);
    this.#contents = new SqliteContents(this.#connection);
  }

  async append({ stream, expectedSequence, events, durability, lease }: AppendOptions): Promise<JournalEvent[]> {
    if (stream === '') throw new TypeError('a stream has a name');
    if (lease !== undefined && lease.stream !== stream) throw new TypeError(`a lease of "${lease.stream}" is none of "${stream}"`);
    const encoded = events.map((event) => encodeEvent(event, stream, this.events));
    const appended = this.#connection.write(durability, () => {
      if (lease !== undefined && !this.#leases.isCurrent(lease)) checkCurrent(lease, this.#leases.record(stream));
      const found = this.#sequenceOf(stream);
      checkSequence({ stream, expected: expectedSequence, found });
      const first = encoded[0];
      const last = encoded.at(-1);
      if (first === undefined || last === undefined) return [];
      if (found === 0) {
        this.#prepared('INSERT INTO streams (stream, sequence, first_time, last_time) VALUES (?, 0, ?, ?)').run(
          stream,
          first.event.time,
          last.event.time,
        );
      }
      const insert = this.#prepared(
        'INSERT INTO events (stream, sequence, time, type, version, actor, correlation, causation, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      const numbered = encoded.map(({ event, type, json }, index) => {
        const { time, version, actor, correlation, causation } = event;
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
    if (appended.length > 0) this.#eventListeners.tell(stream);
    return appended;
  }

  async *read(stream: string, { after = 0 }: { after?: number | undefined } = {}): AsyncGenerator<JournalEvent, void, undefined> {
    let page: JournalEvent[];
    do {
      page = this.#readPage(stream, after);
      yield* page;
      after = page.at(-1)?.sequence ?? after;
    } while (page.length === pageSize);
  }

  subscribe(
    stream: string,
    { after = 0, signal }: { after?: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<JournalEvent, void, undefined> {
    return this.#live({
      readPage: (cursor) => this.#readPage(stream, cursor),
      cursorOf: (event) => event.sequence,
      listen: (listener) => this.#eventListeners.add(stream, listener),
      after,
      signal,
    });
  }

  subscribeAll({ after = 0, signal }: { after?: number | undefined; signal: AbortSignal }): AsyncGenerator<JournalEvent, void, undefined> {
    return this.#live({
      readPage: (cursor) => this.#readFrom(cursor),
      cursorOf: (event) => event.position,
      listen: (listener) => this.#eventListeners.add(everything, listener),
      after,
      signal,
    });
  }

  async list({ prefix = '', limit }: { prefix?: string | undefined; limit?: number | undefined } = {}): Promise<StreamSummary[]> {
    const rows = this.#connection.run(() =>
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

  async listEnds(options: ListEndsOptions = {}): Promise<StreamEnds[]> {
    return endsInSqlite(this.#connection, options);
  }

  async acquireLease(options: AcquireLeaseOptions): Promise<Lease> {
    return await this.#leases.acquire(options, this.#closing.signal);
  }

  async renewLease(lease: Lease, milliseconds: number): Promise<Lease> {
    return this.#leases.renew(lease, milliseconds);
  }

  async releaseLease(lease: Lease): Promise<void> {
    this.#leases.release(lease);
  }

  async readLease(stream: string): Promise<Lease | undefined> {
    return heldLease(this.#connection.run(() => this.#leases.record(stream)));
  }

  async listLeases(): Promise<Lease[]> {
    return this.#leases.list();
  }

  async sendSignal(options: SendSignalOptions): Promise<Signal> {
    const { stream, type, from } = options;
    const json = encodeSignalData(options);
    const time = this.#clock.now();
    const { lastInsertRowid } = this.#connection.write('full', () =>
      this.#prepared('INSERT INTO signals (stream, time, type, sender, data) VALUES (?, ?, ?, ?, ?)').run(stream, time, type, from, json),
    );
    this.#signalListeners.tell(stream);
    return { stream, number: Number(lastInsertRowid), time, type, from, data: JSON.parse(json) as Record<string, unknown> };
  }

  async lastSignal(stream: string): Promise<number> {
    const row = this.#connection.run(() => this.#prepared('SELECT max(number) AS last FROM signals WHERE stream = ?').get(stream));
    return Number(row?.['last'] ?? 0);
  }

  subscribeSignals(
    stream: string,
    { after = 0, signal }: { after?: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<Signal, void, undefined> {
    return this.#live({
      readPage: (cursor) => this.#readSignals(stream, cursor),
      cursorOf: ({ number }) => number,
      listen: (listener) => this.#signalListeners.add(stream, listener),
      after,
      signal,
    });
  }

  async putContent(
    content: Uint8Array,
    { stream, durability = 'full' }: { stream?: string | undefined; durability?: Durability | undefined } = {},
  ): Promise<string> {
    return this.#contents.put(content, durability, stream);
  }

  async getContent(sha256: string): Promise<Uint8Array | undefined> {
    return this.#contents.get(sha256);
  }

  async removeStream(stream: string, { expectedSequence }: { expectedSequence: number }): Promise<{ contents: number }> {
    return this.#connection.write('full', () => {
      const lease = heldLease(this.#leases.record(stream));
      if (lease !== undefined && lease.expiresAt > this.#clock.now()) throw new LeaseHeldError(lease);
      checkSequence({ stream, expected: expectedSequence, found: this.#sequenceOf(stream) });
      for (const table of ['events', 'streams', 'signals', 'leases']) this.#prepared(`DELETE FROM ${table} WHERE stream = ?`).run(stream);
      return { contents: this.#contents.forget(stream) };
    });
  }

  /** Ends the subscriptions too. Closing twice does no harm; any other use of a closed store is a defect of the program. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#connection.close();
  }

  #sequenceOf(stream: string): number {
    return Number(this.#prepared('SELECT sequence FROM streams WHERE stream = ?').get(stream)?.['sequence'] ?? 0);
  }

  #readPage(stream: string, after: number): JournalEvent[] {
    const rows = this.#connection.run(() =>
      this.#prepared(`SELECT ${eventColumns.join(', ')} FROM events WHERE stream = ? AND sequence > ? ORDER BY sequence LIMIT ?`).all(
        stream,
        after,
        pageSize,
      ),
    );
    return this.#decoded(rows);
  }

  #readFrom(position: number): JournalEvent[] {
    const rows = this.#connection.run(() =>
      this.#prepared(`SELECT ${eventColumns.join(', ')} FROM events WHERE position > ? ORDER BY position LIMIT ?`).all(position, pageSize),
    );
    return this.#decoded(rows);
  }

  #decoded(rows: object[]): JournalEvent[] {
    return rows.map((row) => decodeEvent(row as EventRow, this.#connection.path, this.events));
  }

  #readSignals(stream: string, after: number): Signal[] {
    const rows = this.#connection.run(() =>
      this.#prepared(
        'SELECT stream, number, time, type, sender, data FROM signals WHERE stream = ? AND number > ? ORDER BY number LIMIT ?',
      ).all(stream, after, pageSize),
    );
    return rows.map((row) => decodeSignal(row, this.#connection.path));
  }

  #live<Item>({ readPage, cursorOf, listen, after, signal }: LiveOptions<Item>): AsyncGenerator<Item, void, undefined> {
    return liveSubscription({
      source: { readPage, cursorOf, onAppend: listen, externalVersion: () => this.#connection.externalVersion() },
      after,
      signals: [signal, this.#closing.signal],
      clock: this.#clock,
      pollInterval: this.#pollInterval,
    });
  }

  #prepared(sql: string) {
    return this.#connection.prepared(sql);
  }
}

interface LiveOptions<Item> {
  readPage: (cursor: number) => Item[];
  cursorOf: (item: Item) => number;
  listen: (listener: () => void) => () => void;
  after: number;
  signal: AbortSignal;
}
