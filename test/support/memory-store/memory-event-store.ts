import { type EventRegistry, standardEvents } from '../../../src/events/event-registry.ts';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { longestTimer, systemClock, type Clock } from '../../../src/utils/clock.ts';
import { checkSequence } from '../../../src/state/store/journal-error.ts';
import { decodeEvent, encodeEvent, type EventRow } from '../../../src/state/store/event-row.ts';
import type {
  AcquireLeaseOptions,
  AppendOptions,
  EventStore,
  SendSignalOptions,
  StreamSummary,
} from '../../../src/state/store/event-store.ts';
import { type Lease, LeaseHeldError } from '../../../src/state/store/lease.ts';
import { acquireByRules, checkCurrent, heldLease, isCurrent, takeLease, type LeaseRecord } from '../../../src/state/store/lease-rules.ts';
import { everything, Listeners } from '../../../src/state/store/listeners.ts';
import { liveSubscription } from '../../../src/state/store/live-subscription.ts';
import { MemoryContents } from './memory-contents.ts';
import { endsInMemory } from './memory-stream-ends.ts';
import { decodeSignal, encodeSignalData } from '../../../src/state/store/signal-row.ts';
import type { Signal } from '../../../src/state/store/signal.ts';
import type { ListEndsOptions, StreamEnds } from '../../../src/state/store/stream-ends.ts';

export interface MemoryEventStoreOptions {
  /** What leases are judged by and subscriptions sleep by. */
  clock?: Clock | undefined;
  /** The types of events. Default: those of this program. */
  events?: EventRegistry | undefined;
}

interface SignalRow {
  stream: string;
  number: number;
  time: number;
  type: string;
  sender: string;
  /** JSON. */
  data: string;
}

/** A journal that ends with the process. It keeps what a file would keep: rows, not the objects of its callers. */
export class MemoryEventStore implements EventStore {
  readonly events: EventRegistry;
  readonly #clock: Clock;
  readonly #events = new Map<string, EventRow[]>();
  readonly #leases = new Map<string, LeaseRecord>();
  readonly #signals = new Map<string, SignalRow[]>();
  readonly #contents = new MemoryContents();
  readonly #eventListeners = new Listeners();
  readonly #signalListeners = new Listeners();
  readonly #closing = new AbortController();
  #lastPosition = 0;
  #lastSignal = 0;

  constructor({ clock = systemClock, events = standardEvents() }: MemoryEventStoreOptions = {}) {
    this.events = events;
    this.#clock = clock;
  }

  async append({ stream, expectedSequence, events, lease }: AppendOptions): Promise<JournalEvent[]> {
    if (stream === '') throw new TypeError('a stream has a name');
    if (lease !== undefined && lease.stream !== stream) throw new TypeError(`a lease of "${lease.stream}" is none of "${stream}"`);
    const encoded = events.map((event) => encodeEvent(event, stream, this.events));
    if (lease !== undefined) checkCurrent(lease, this.#leases.get(stream));
    const rows = this.#events.get(stream) ?? [];
    checkSequence({ stream, expected: expectedSequence, found: rows.length });
    if (encoded.length === 0) return [];
    this.#events.set(stream, rows);
    const appended = encoded.map(({ event, type, json }): JournalEvent => {
      this.#lastPosition += 1;
      const numbered = { ...event, stream, sequence: rows.length + 1, position: this.#lastPosition };
      rows.push({ ...numbered, type, causation: event.causation ?? null, data: json });
      return numbered;
    });
    this.#eventListeners.tell(stream);
    return appended;
  }

  async *read(stream: string, { after = 0 }: { after?: number | undefined } = {}): AsyncGenerator<JournalEvent, void, undefined> {
    for (let page = this.#readAfter(stream, after); page.length > 0; page = this.#readAfter(stream, after)) {
      yield* page;
      after += page.length;
    }
  }

  subscribe(
    stream: string,
    { after = 0, signal }: { after?: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<JournalEvent, void, undefined> {
    return liveSubscription({
      source: {
        readPage: (cursor) => this.#readAfter(stream, cursor),
        cursorOf: (event: JournalEvent) => event.sequence,
        externalVersion: () => 0,
        onAppend: (listener) => this.#eventListeners.add(stream, listener),
      },
      after,
      signals: [signal, this.#closing.signal],
      clock: this.#clock,
      // Nobody else can write here, so that there is nothing to look for.
      pollInterval: longestTimer,
    });
  }

  subscribeAll({ after = 0, signal }: { after?: number | undefined; signal: AbortSignal }): AsyncGenerator<JournalEvent, void, undefined> {
    return liveSubscription({
      source: {
        readPage: (cursor) => this.#readFrom(cursor),
        cursorOf: (event: JournalEvent) => event.position,
        externalVersion: () => 0,
        onAppend: (listener) => this.#eventListeners.add(everything, listener),
      },
      after,
      signals: [signal, this.#closing.signal],
      clock: this.#clock,
      pollInterval: longestTimer,
    });
  }

  async list({ prefix = '', limit }: { prefix?: string | undefined; limit?: number | undefined } = {}): Promise<StreamSummary[]> {
    const streams = [...this.#events].filter(([stream]) => stream.startsWith(prefix)).toReversed();
    return streams.slice(0, limit).map(([stream, rows]) => ({
      stream,
      sequence: rows.length,
      firstTime: Number(rows[0]?.time),
      lastTime: Number(rows.at(-1)?.time),
    }));
  }

  async listEnds(options: ListEndsOptions = {}): Promise<StreamEnds[]> {
    return endsInMemory(this.#events, options);
  }

  async acquireLease(options: AcquireLeaseOptions): Promise<Lease> {
    const { stream, signal } = options;
    const take = (unchangedSince?: Lease) => {
      const taking = takeLease(this.#leases.get(stream), options, { now: this.#clock.now(), unchangedSince });
      if (taking.outcome === 'taken') this.#leases.set(stream, taking.lease);
      return taking;
    };
    const closing = this.#closing.signal;
    return structuredClone(
      await acquireByRules(take, { clock: this.#clock, signals: signal === undefined ? [closing] : [closing, signal] }),
    );
  }

  async renewLease(lease: Lease, milliseconds: number): Promise<Lease> {
    checkCurrent(lease, this.#leases.get(lease.stream));
    const now = this.#clock.now();
    const renewed = { ...structuredClone(lease), renewedAt: now, expiresAt: now + milliseconds };
    this.#leases.set(lease.stream, renewed);
    return structuredClone(renewed);
  }

  async releaseLease(lease: Lease): Promise<void> {
    if (isCurrent(lease, this.#leases.get(lease.stream))) this.#leases.set(lease.stream, { ...lease, owner: undefined });
  }

  async readLease(stream: string): Promise<Lease | undefined> {
    return structuredClone(heldLease(this.#leases.get(stream)));
  }

  async listLeases(): Promise<Lease[]> {
    const streams = [...this.#leases.keys()].sort();
    return structuredClone(streams.flatMap((stream) => heldLease(this.#leases.get(stream)) ?? []));
  }

  async sendSignal(options: SendSignalOptions): Promise<Signal> {
    const { stream, type, from } = options;
    const data = encodeSignalData(options);
    this.#lastSignal += 1;
    const row = { stream, number: this.#lastSignal, time: this.#clock.now(), type, sender: from, data };
    const rows = this.#signals.get(stream) ?? [];
    rows.push(row);
    this.#signals.set(stream, rows);
    this.#signalListeners.tell(stream);
    return decodeSignal(row, 'in memory');
  }

  async lastSignal(stream: string): Promise<number> {
    return this.#signals.get(stream)?.at(-1)?.number ?? 0;
  }

  subscribeSignals(
    stream: string,
    { after = 0, signal }: { after?: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<Signal, void, undefined> {
    return liveSubscription({
      source: {
        readPage: (cursor) =>
          (this.#signals.get(stream) ?? []).filter(({ number }) => number > cursor).map((row) => decodeSignal(row, 'in memory')),
        cursorOf: ({ number }: Signal) => number,
        externalVersion: () => 0,
        onAppend: (listener) => this.#signalListeners.add(stream, listener),
      },
      after,
      signals: [signal, this.#closing.signal],
      clock: this.#clock,
      // Nobody else can write here, so that there is nothing to look for.
      pollInterval: longestTimer,
    });
  }

  async putContent(content: Uint8Array, { stream }: { stream?: string | undefined } = {}): Promise<string> {
    return this.#contents.put(content, stream);
  }

  async getContent(sha256: string): Promise<Uint8Array | undefined> {
    return this.#contents.get(sha256);
  }

  async removeStream(stream: string, { expectedSequence }: { expectedSequence: number }): Promise<{ contents: number }> {
    const lease = heldLease(this.#leases.get(stream));
    if (lease !== undefined && lease.expiresAt > this.#clock.now()) throw new LeaseHeldError(lease);
    checkSequence({ stream, expected: expectedSequence, found: this.#events.get(stream)?.length ?? 0 });
    this.#events.delete(stream);
    this.#signals.delete(stream);
    this.#leases.delete(stream);
    return { contents: this.#contents.forget(stream) };
  }

  /** Ends the subscriptions too. */
  async close(): Promise<void> {
    this.#closing.abort();
  }

  #readFrom(position: number): JournalEvent[] {
    const rows = [...this.#events.values()].flatMap((stream) => stream.filter((row) => Number(row.position) > position));
    const inOrder = rows.toSorted((one, other) => Number(one.position) - Number(other.position));
    return inOrder.slice(0, 64).map((row) => decodeEvent(row, 'in memory', this.events));
  }

  /** At most as many as a reader wants to hold at once. */
  #readAfter(stream: string, after: number): JournalEvent[] {
    const rows = this.#events.get(stream) ?? [];
    return rows.slice(after, after + 64).map((row) => decodeEvent(row, 'in memory', this.events));
  }
}
