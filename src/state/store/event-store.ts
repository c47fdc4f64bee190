import type { EventRegistry } from '../../events/event-registry.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import type { Lease, LeaseOwner } from './lease.ts';
import type { Signal } from './signal.ts';
import type { ListEndsOptions, StreamEnds } from './stream-ends.ts';

export { LeaseHeldError } from './lease.ts';
export type { Lease, LeaseOwner } from './lease.ts';
export type { Signal } from './signal.ts';

/** An event that the store has not numbered yet. */
export type Unnumbered<Event> = Event extends JournalEvent ? Omit<Event, 'stream' | 'sequence' | 'position'> : never;
/** Any event in the form that is given to a store. */
export type NewEvent = Unnumbered<JournalEvent>;

/** `full`: on the disk when the promise resolves. `normal`: survives a killed process, but may be lost in a power failure. */
export type Durability = 'full' | 'normal';

/** What to append to a stream, and on what conditions. */
export interface AppendOptions {
  stream: string;
  /** The sequence of the last event that the writer knows, 0 for none. The append is refused if there are later ones. */
  expectedSequence: number;
  events: NewEvent[];
  durability: Durability;
  /** The writer's claim to the stream. The append is refused if somebody else has taken it since. If it has only expired, that does no harm. */
  lease?: Lease | undefined;
}

/** One stream in a list. Times are milliseconds since 1970. */
export interface StreamSummary {
  stream: string;
  /** The sequence of the last event. */
  sequence: number;
  firstTime: number;
  lastTime: number;
}

/** Who wants to own a stream, and for how long. */
export interface AcquireLeaseOptions {
  stream: string;
  owner: LeaseOwner;
  /** How long it lasts without renewal. */
  milliseconds: number;
  /** Whether an owner is certainly gone, for instance because its process on this host has ended. Must answer at once. */
  isGone?: ((owner: LeaseOwner) => boolean) | undefined;
  /** Ends the wait that is necessary if the clock was set back. */
  signal?: AbortSignal | undefined;
}

/** A message to whoever owns a stream. */
export interface SendSignalOptions {
  stream: string;
  type: string;
  from: string;
  /** Data that JSON can represent. Default: none. */
  data?: Record<string, unknown> | undefined;
}

/**
 * The journal: streams of events that only grow, contents by hash, leases that say who may write to a stream, and signals from those who may not. The
 * repository's conformance suite checks any implementation against this contract.
 * @example
 * const { store } = orchestrator;
 * const types: string[] = [];
 * for await (const event of store.read(`run:${run}`)) types.push(event.type);
 * console.log(types[0], types.at(-1)); // run.started run.finished
 */
export interface EventStore {
  /** The types of events that this store writes and knows when it reads. */
  readonly events: EventRegistry;
  /**
   * Appends all of the events, or none.
   * @returns the numbered events.
   * @throws MultiagentError `lease.lost` if another owner has taken the lease, `journal.conflict` if someone else has appended.
   */
  append(options: AppendOptions): Promise<JournalEvent[]>;
  /** Events of a stream after sequence `after` (default 0), in order. */
  read(stream: string, options?: { after?: number | undefined }): AsyncIterable<JournalEvent>;
  /** Like `read`, then all new events until the signal is aborted (it then ends, without throwing). */
  subscribe(stream: string, options: { after?: number | undefined; signal: AbortSignal }): AsyncIterable<JournalEvent>;
  /**
   * The events of all streams after a position (default 0) in the order of their positions, then all new ones, also from other processes, until the signal is
   * aborted. A reader that keeps the position of its last event can continue from there.
   */
  subscribeAll(options: { after?: number | undefined; signal: AbortSignal }): AsyncIterable<JournalEvent>;
  /** Newest first, by when they were begun in this store, whatever the clock said then. */
  list(options?: { prefix?: string | undefined; limit?: number | undefined }): Promise<StreamSummary[]>;
  /** The first and the last event of each stream, in the order of `list`. This includes streams that this program cannot read completely. */
  listEnds(options?: ListEndsOptions): Promise<StreamEnds[]>;

  /**
   * Makes the caller the owner of the stream, which may have no events. If the caller owns it already, the lease is renewed under the same epoch.
   *
   * A lease that is in the future by more than its own length was renewed before the clock was set back, and cannot be judged by the clock. Unless `isGone`
   * settles it, this waits for that length, takes the lease if nobody has renewed it meanwhile, and treats it as held otherwise.
   * @throws LeaseHeldError (`lease.held`) if somebody else holds an unexpired one.
   */
  acquireLease(options: AcquireLeaseOptions): Promise<Lease>;
  /** Renews a lease, even an expired one if nobody has taken it. @throws MultiagentError `lease.lost` */
  renewLease(lease: Lease, milliseconds: number): Promise<Lease>;
  /** Releases a lease. Does nothing if it is lost already. */
  releaseLease(lease: Lease): Promise<void>;
  /** @returns undefined if nobody has one. It may have expired. */
  readLease(stream: string): Promise<Lease | undefined>;
  /** All leases that were not released, including expired ones, by stream. */
  listLeases(): Promise<Lease[]>;

  /** Sends a signal. It needs no lease, and the stream may be empty. The signal is on the disk when the promise resolves. */
  sendSignal(options: SendSignalOptions): Promise<Signal>;
  /** @returns the number of the newest signal, 0 if there is none. A later signal has a higher number, whatever the clocks say. */
  lastSignal(stream: string): Promise<number>;
  /** The signals after number `after` (default 0), then all new ones, also from other processes, until `signal` is aborted. */
  subscribeSignals(stream: string, options: { after?: number | undefined; signal: AbortSignal }): AsyncIterable<Signal>;

  /**
   * Keeps content under its SHA-256 (hexadecimal), which it returns. The same content is kept once: until every stream that needs it is removed, or for ever if
   * it was ever put without a stream. `durability`, default `full`: content that was put before an append is never lost unless the append is, too.
   */
  putContent(content: Uint8Array, options?: { stream?: string | undefined; durability?: Durability | undefined }): Promise<string>;
  /** @returns undefined if nothing is kept under this hash. */
  getContent(sha256: string): Promise<Uint8Array | undefined>;

  /**
   * Removes events, lease, signals, and the content that no other stream needs. For a stream whose owner is gone, acquire and release its lease first.
   * @returns how many contents were removed.
   * @throws LeaseHeldError while anybody, including the caller, holds an unexpired lease; MultiagentError `journal.conflict` if the stream does not have the
   * expected number of events.
   */
  removeStream(stream: string, options: { expectedSequence: number }): Promise<{ contents: number }>;
  /** Closes the store and ends its subscriptions. */
  close(): Promise<void>;
}
