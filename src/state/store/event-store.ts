import type { EventRegistry } from '../../events/event-registry.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import type { Lease, LeaseOwner } from './lease.ts';
import type { Signal } from './signal.ts';
import type { ListEndsOptions, StreamEnds } from './stream-ends.ts';

export { LeaseHeldError } from './lease.ts';
export type { Lease, LeaseOwner } from './lease.ts';
export type { Signal } from './signal.ts';

/** An event before the store has numbered it. */
export type Unnumbered<Event> = Event extends JournalEvent ? Omit<Event, 'stream' | 'sequence' | 'position'> : never;
/** Any event, as it is given to a store. */
export type NewEvent = Unnumbered<JournalEvent>;

/** `full`: on the disk when the promise resolves. `normal`: survives a killed process, may be lost with the machine's power. */
export type Durability = 'full' | 'normal';

/** What is appended to a stream, and on what grounds. */
export interface AppendOptions {
  stream: string;
  /** The sequence of the last event the writer knows of, 0 for none. The append is refused if there are others. */
  expectedSequence: number;
  events: NewEvent[];
  durability: Durability;
  /** The writer's claim to the stream. The append is refused if somebody else has taken it since; that it has expired alone does no harm. */
  lease?: Lease | undefined;
}

/** One stream in a list. Times are milliseconds since 1970. */
export interface StreamSummary {
  stream: string;
  /** Of the last event. */
  sequence: number;
  firstTime: number;
  lastTime: number;
}

/** Who wants to own a stream, and for how long. */
export interface AcquireLeaseOptions {
  stream: string;
  owner: LeaseOwner;
  /** How long it lasts without being renewed. */
  milliseconds: number;
  /** Tells that an owner is certainly gone, for instance because its process on this host has ended. Must answer at once. */
  isGone?: ((owner: LeaseOwner) => boolean) | undefined;
  /** Ends the waiting that a clock which was set back makes necessary. */
  signal?: AbortSignal | undefined;
}

/** A message to whoever owns a stream. */
export interface SendSignalOptions {
  stream: string;
  type: string;
  from: string;
  /** What JSON can hold. Default: nothing. */
  data?: Record<string, unknown> | undefined;
}

/**
 * The journal: streams of events that only grow, contents by hash, leases that say who may write a stream, and signals from those who may not. The
 * conformance suite of the repository holds any implementation to it.
 */
export interface EventStore {
  /** The types of events that this store writes and knows when it reads. */
  readonly events: EventRegistry;
  /**
   * All or nothing.
   * @returns the events as numbered.
   * @throws MultiagentError `lease.lost` when another owner has taken the lease, `journal.conflict` when someone else has appended.
   */
  append(options: AppendOptions): Promise<JournalEvent[]>;
  /** Events of a stream after sequence `after` (default 0), in order. */
  read(stream: string, options?: { after?: number | undefined }): AsyncIterable<JournalEvent>;
  /** Like `read`, then whatever comes, until the signal is aborted (it then ends, without throwing). */
  subscribe(stream: string, options: { after?: number | undefined; signal: AbortSignal }): AsyncIterable<JournalEvent>;
  /**
   * The events of all streams after a position (default 0) in the order of their positions, then whatever comes, also from other processes, until the signal
   * is aborted. Who kept the position of the last event that it has seen goes on from there.
   */
  subscribeAll(options: { after?: number | undefined; signal: AbortSignal }): AsyncIterable<JournalEvent>;
  /** Newest first: those that were begun last in this store, whatever the clock said then. */
  list(options?: { prefix?: string | undefined; limit?: number | undefined }): Promise<StreamSummary[]>;
  /** The first and the last event of each stream, also of those that this program cannot read whole; in the order of `list`. */
  listEnds(options?: ListEndsOptions): Promise<StreamEnds[]>;

  /**
   * Becomes the stream's owner, which needs no events to exist. Who owns it already gets it renewed under the same epoch.
   *
   * A lease that lies in the future by more than its own length was renewed before the clock was set back, and cannot be judged by the clock: unless
   * `isGone` settles it, this waits for that length, takes the lease if nobody has renewed it meanwhile, and counts it as held otherwise.
   * @throws LeaseHeldError (`lease.held`) when somebody else holds an unexpired one.
   */
  acquireLease(options: AcquireLeaseOptions): Promise<Lease>;
  /** Also one that has expired, as long as nobody has taken it. @throws MultiagentError `lease.lost` */
  renewLease(lease: Lease, milliseconds: number): Promise<Lease>;
  /** Does nothing when it is lost already. */
  releaseLease(lease: Lease): Promise<void>;
  /** @returns undefined where nobody has one. It may have expired. */
  readLease(stream: string): Promise<Lease | undefined>;
  /** Those that were not released, also expired ones, by stream. */
  listLeases(): Promise<Lease[]>;

  /** Needs no lease; the stream may be empty. On the disk when the promise resolves. */
  sendSignal(options: SendSignalOptions): Promise<Signal>;
  /** @returns the number of the newest signal, 0 where there is none. What is sent later has a higher one, whatever the clocks say. */
  lastSignal(stream: string): Promise<number>;
  /** The signals there are after number `after` (default 0), then those to come, also from other processes, until the signal is aborted. */
  subscribeSignals(stream: string, options: { after?: number | undefined; signal: AbortSignal }): AsyncIterable<Signal>;

  /**
   * Keeps content under its SHA-256 (hexadecimal), which it returns. The same content is kept once: until every stream that needs it is removed, or
   * for ever when it was ever put without a stream. `durability`, default `full`: what is put before an append is never lost where that is not.
   */
  putContent(content: Uint8Array, options?: { stream?: string | undefined; durability?: Durability | undefined }): Promise<string>;
  /** @returns undefined where nothing is kept under this hash. */
  getContent(sha256: string): Promise<Uint8Array | undefined>;

  /**
   * Removes events, lease, signals, and the content that no other stream needs. For a stream whose owner is gone, acquire and release its lease
   * first.
   * @returns how many contents were removed.
   * @throws LeaseHeldError while somebody, also the caller, holds an unexpired lease; MultiagentError `journal.conflict` when the stream has not the
   * expected number of events.
   */
  removeStream(stream: string, options: { expectedSequence: number }): Promise<{ contents: number }>;
  /** Ends the subscriptions, too. */
  close(): Promise<void>;
}
