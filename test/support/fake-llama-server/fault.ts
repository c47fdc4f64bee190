import type { RequestRecord } from './request-record.ts';

/**
 * What goes wrong with one chat request. `afterChunks` counts deltas that carry reply text; where the reply has fewer, the fault happens
 * before its end, so that a fault that was asked for never stays silent.
 */
export type Fault =
  /** The connection is reset before any byte of an answer. */
  | { kind: 'refuse' }
  /** An error answer. Without `body`: the shape that the real server gives this status. `retryAfter` in seconds or as a date. */
  | { kind: 'status'; status: number; body?: string; contentType?: string; retryAfter?: number | string }
  /** No byte until `server.silence` lets it through. */
  | { kind: 'silence_before_headers' }
  /** The status line and some headers, then a reset in the middle of them. */
  | { kind: 'reset_in_headers' }
  /** The headers, then comment pings and nothing else, until `server.silence` lets it through. */
  | { kind: 'pings'; everyMilliseconds?: number }
  | { kind: 'wrong_content_type'; contentType: string }
  /** Declares this many bytes more (or, negative, fewer) than it sends, then closes. The streamed reply is sent as a whole. */
  | { kind: 'wrong_content_length'; difference: number }
  /** The connection closes without an end. */
  | { kind: 'break'; afterChunks: number }
  /** Half of a chunk's JSON, then a regular end of the body. */
  | { kind: 'half_chunk'; afterChunks: number }
  /** Nothing until `server.silence` lets it through, then it goes on. */
  | { kind: 'silence'; afterChunks: number }
  /** An error event in the stream (a status where nothing has been sent), as when the context that the slots share is full. */
  | { kind: 'error_event'; afterChunks: number; status?: number; type?: string; message?: string }
  | { kind: 'duplicate_chunk'; afterChunks: number }
  /** A delta with `content: null` among the others. */
  | { kind: 'null_content'; afterChunks: number }
  /** Every chunk arrives in pieces of this many bytes, cut through JSON and characters. */
  | { kind: 'split_bytes'; size: number }
  | { kind: 'no_done' }
  | { kind: 'no_usage' };

export interface FaultRule {
  /** The number of the chat request, from 0, or a test of it. */
  when: number | ((request: RequestRecord) => boolean);
  fault: Fault;
}

/** A fault that happens at a certain place of the reply. */
export type CountedFault = Extract<Fault, { afterChunks: number }>;

export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;

/** The faults that one request meets. */
export class Faults {
  readonly #faults: Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = [...faults];
  }

  find<Kind extends Fault['kind']>(kind: Kind): FaultOf<Kind> | undefined {
    return this.#faults.find((fault): fault is FaultOf<Kind> => fault.kind === kind);
  }

  /** Takes out, in order, the faults that are due when this many text deltas have been sent; all that are left at the end. */
  takeDue(chunks: number | 'end'): CountedFault[] {
    const due = this.#faults.filter(
      (fault): fault is CountedFault => 'afterChunks' in fault && (chunks === 'end' || fault.afterChunks <= chunks),
    );
    for (const fault of due) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return due;
  }
}
