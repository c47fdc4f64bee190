import type { IncomingHttpHeaders } from 'node:http';
import type { FakeMessage } from './chat-ml.ts';

/** When something happened: by `performance.now()`, and by a counter that orders everything the server did. */
export interface Moment {
  time: number;
  order: number;
}

/**
 * `finished`: the reply ended (`finishReason` says how). `aborted`: the client closed the connection first. `overflow`: prompt, slot or pool were too
 * small. `faulted`: a fault ended it, or the reply function threw. `killed`: the server was killed.
 */
export type RequestOutcome = 'running' | 'finished' | 'aborted' | 'overflow' | 'faulted' | 'killed';

/** One chat request: what was asked, and what it cost. It fills as the request goes on. */
export interface RequestRecord {
  /** The number of the chat request, from 0. */
  readonly index: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  readonly messages: readonly FakeMessage[];
  /** From the newest user message that has a line `# Step n of N: task_type`. */
  readonly taskType: string | undefined;
  readonly step: number | undefined;
  /** The assistant message that stands last, which the reply continues. */
  readonly prefill: string | undefined;
  /** Tokens of the whole prompt. */
  readonly promptTokens: number;
  readonly arrived: Moment;
  outcome: RequestOutcome;
  finishReason: string | undefined;
  slot: number | undefined;
  /** Of the prompt, what the slot still held. */
  cacheTokens: number;
  /** Of the prompt, what was read. */
  readTokens: number;
  /** Of what was read, what no slot had ever held after the same beginning: the least that any cache would have had to read. */
  newTokens: number;
  /** With the end-of-turn token, as the real server counts. */
  replyTokens: number;
  /** The text sent so far, without an echoed prefill. */
  replyText: string;
  /** When a slot took it. */
  started: Moment | undefined;
  firstToken: Moment | undefined;
  ended: Moment | undefined;
}

/** Any HTTP request, chat or not, in order of arrival. */
export interface CallRecord {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
