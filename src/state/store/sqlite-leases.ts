import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import type { Clock } from '../../utils/clock.ts';
import type { AcquireLeaseOptions } from './event-store.ts';
import { damagedJournal } from './journal-error.ts';
import { acquireByRules, checkCurrent, heldLease, isCurrent, takeLease, type LeaseRecord } from './lease-rules.ts';
import type { Lease } from './lease.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Several times what any program of ours asks for. A journal that came along must not hold its runs for ever. */
const longestLease = 60_000;
/** A clock that was set back by more than this is none that anybody works by. */
const farthestClock = 366 * 24 * 3_600_000;

const columns = 'stream, epoch, host, pid, nonce, renewed_at, expires_at';

const rowSchema = z.object({
  stream: z.string().min(1),
  // The next one has to be a number, too.
  epoch: z
    .int()
    .positive()
    .max(2 ** 52),
  host: z.string().nullable(),
  pid: z.int().nullable(),
  nonce: z.string().nullable(),
  renewed_at: z.int(),
  expires_at: z.int(),
});

/** The table `leases`. Nothing here waits for the disk: a power failure that undoes it ends the owner, too, and what the owner wrote after it stands later in the same log. */
export class SqliteLeases {
  readonly #connection: SqliteConnection;
  readonly #clock: Clock;

  constructor(connection: SqliteConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  acquire(options: AcquireLeaseOptions, closing: AbortSignal): Promise<Lease> {
    const take = (unchangedSince?: Lease) =>
      this.#connection.write('normal', () => {
        const taking = takeLease(this.record(options.stream), options, { now: this.#clock.now(), unchangedSince });
        if (taking.outcome === 'taken') this.#put(taking.lease);
        return taking;
      });
    return acquireByRules(take, { clock: this.#clock, signals: options.signal === undefined ? [closing] : [closing, options.signal] });
  }

  renew(lease: Lease, milliseconds: number): Lease {
    return this.#connection.write('normal', () => {
      checkCurrent(lease, this.record(lease.stream));
      const now = this.#clock.now();
      const renewed = { ...lease, renewedAt: now, expiresAt: now + milliseconds };
      this.#put(renewed);
      return renewed;
    });
  }

  release(lease: Lease): void {
    this.#connection.write('normal', () => {
      if (isCurrent(lease, this.record(lease.stream))) this.#put({ ...lease, owner: undefined });
    });
  }

  list(): Lease[] {
    const rows = this.#connection.run(() =>
      this.#connection.prepared(`SELECT ${columns} FROM leases WHERE nonce IS NOT NULL ORDER BY stream`).all(),
    );
    return rows.flatMap((row) => heldLease(this.#decode(row)) ?? []);
  }

  /** As a question to the table alone: every append asks it. Only inside of `SqliteConnection.run` or `write`. */
  isCurrent({ stream, epoch, owner }: Lease): boolean {
    const found = this.#connection.prepared('SELECT 1 FROM leases WHERE stream = ? AND epoch = ? AND nonce = ?');
    return found.get(stream, epoch, owner.nonce) !== undefined;
  }

  /** Also one that was released. Only inside of `SqliteConnection.run` or `write`. */
  record(stream: string): LeaseRecord | undefined {
    const row = this.#connection.prepared(`SELECT ${columns} FROM leases WHERE stream = ?`).get(stream);
    return row === undefined ? undefined : this.#decode(row);
  }

  #put({ stream, epoch, owner, renewedAt, expiresAt }: LeaseRecord): void {
    this.#connection
      .prepared(`INSERT OR REPLACE INTO leases (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`)
      .run(stream, epoch, owner?.host ?? null, owner?.pid ?? null, owner?.nonce ?? null, renewedAt, expiresAt);
  }

  #decode(row: Record<string, SQLOutputValue>): LeaseRecord {
    const checked = rowSchema.safeParse(row);
    if (!checked.success) throw damagedJournal(this.#connection.path, 'a lease in it cannot be read', checked.error);
    const { stream, epoch, host, pid, nonce, renewed_at: renewedAt, expires_at: expiresAt } = checked.data;
    const isHeld = renewedAt - this.#clock.now() < farthestClock;
    const owner = host === null || pid === null || nonce === null || !isHeld ? undefined : { host, pid, nonce };
    return { stream, epoch, owner, renewedAt, expiresAt: Math.min(expiresAt, renewedAt + longestLease) };
  }
}
