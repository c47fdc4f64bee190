import type { RequestError } from './chat-call.ts';
import type { Delta } from './plan-reply.ts';
import type { RequestRecord } from './request-record.ts';

export interface PromptProgress {
  total: number;
  cache: number;
  processed: number;
  time_ms: number;
}

export interface ReplySummary {
  finishReason: string;
  record: RequestRecord;
  promptMilliseconds: number;
  replyMilliseconds: number;
}

/** Where a reply goes while it is generated: a stream of events, or one JSON answer at its end. */
export interface ReplySink {
  /** A slot has taken the request. */
  begin(): Promise<void>;
  progress(progress: PromptProgress): Promise<void>;
  /** The prompt is read and the first token is there. */
  open(): Promise<void>;
  delta(delta: Delta): Promise<void>;
  /** Lets the faults happen that are due before the end. */
  settle(): Promise<void>;
  end(summary: ReplySummary): Promise<void>;
  fail(error: RequestError): Promise<void>;
}

/** A fault has ended the answer: there is nothing left to write to. */
export class AnswerBroken extends Error {
  constructor(kind: string) {
    super(`The fault ${kind} ended this answer.`);
    this.name = 'AnswerBroken';
  }
}
