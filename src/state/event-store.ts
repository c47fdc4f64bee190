import type { KnownEvent } from '../events/event-registry.ts';

/** A known event before the store has numbered it. */
export type Unnumbered<Event> = Event extends KnownEvent ? Omit<Event, 'stream' | 'sequence' | 'position'> : never;
export type NewKnownEvent = Unnumbered<KnownEvent>;

/** `full`: on the disk when the promise resolves. `normal`: survives a killed process, may be lost with the machine's power. */
export type Durability = 'full' | 'normal';

export interface AppendOptions {
  stream: string;
  /** The sequence of the last event the writer knows of, 0 for none. The append is refused if there are others. */
  expectedSequence: number;
  events: NewKnownEvent[];
  durability: Durability;
}

export interface StreamSummary {
  stream: string;
  /** Of the last event. */
  sequence: number;
  firstTime: number;
  lastTime: number;
}

export interface EventStore {
  /**
   * All or nothing.
   * @returns the events as numbered.
   * @throws MultiagentError `journal.conflict` when someone else has appended.
   */
  append(options: AppendOptions): Promise<KnownEvent[]>;
  /** Events of a stream after sequence `after` (default 0), in order. */
  read(stream: string, options?: { after?: number | undefined }): AsyncIterable<KnownEvent>;
  /** Like `read`, then whatever comes, until the signal is aborted (it then ends, without throwing). */
  subscribe(stream: string, options: { after?: number | undefined; signal: AbortSignal }): AsyncIterable<KnownEvent>;
  /** Newest first. */
  list(options?: { prefix?: string | undefined; limit?: number | undefined }): Promise<StreamSummary[]>;
  /** Keeps content under its SHA-256 (hexadecimal), which it returns. The same content is kept once. */
  putContent(content: Uint8Array): Promise<string>;
  /** @returns undefined where nothing is kept under this hash. */
  getContent(sha256: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}
