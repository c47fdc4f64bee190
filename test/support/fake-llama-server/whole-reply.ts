import type { AnswerStream } from './answer-stream.ts';
import { RequestError } from './chat-call.ts';
import { completion, type CompletionIdentity } from './completion-json.ts';
import type { Delta } from './plan-reply.ts';
import { AnswerBroken, type ReplySink, type ReplySummary } from './reply-sink.ts';
import { sendError } from './send-json.ts';

export interface WholeReplyOptions {
  stream: AnswerStream;
  identity: CompletionIdentity;
  /** Text to send back before the reply's own. */
  echo: string | undefined;
}

const HEADERS = { 'Content-Type': 'application/json; charset=utf-8' };

/** A reply as one JSON answer. Faults that count chunks happen before its first byte. */
export class WholeReply implements ReplySink {
  readonly #stream: AnswerStream;
  readonly #identity: CompletionIdentity;
  #content: string | null;
  #reasoning = '';

  constructor({ stream, identity, echo }: WholeReplyOptions) {
    this.#stream = stream;
    this.#identity = identity;
    this.#content = echo ?? '';
  }

  async begin(): Promise<void> {
    if (this.#stream.faults.find('silence_before_headers') !== undefined) await this.#stream.waitInSilence();
  }

  async progress(): Promise<void> {}

  async open(): Promise<void> {}

  async delta({ field, text }: Delta): Promise<void> {
    if (field === 'tool_calls') throw new Error('The fake server calls tools only in streams.');
    if (field === 'content') this.#content = (this.#content ?? '') + text;
    else this.#reasoning += text;
  }

  async settle(): Promise<void> {
    for (const fault of this.#stream.faults.takeDue('end')) {
      switch (fault.kind) {
        case 'break':
          return this.#stream.breakOff(fault.kind);
        case 'half_chunk':
          await this.#stream.begin(HEADERS);
          await this.#stream.write('{"choices":[{"finish_reason":"stop","index":0,"mess');
          await this.#stream.end();
          throw new AnswerBroken(fault.kind);
        case 'silence':
          await this.#stream.waitInSilence();
          break;
        case 'error_event': {
          const { status = 500, type = 'server_error', message = 'Context size has been exceeded.' } = fault;
          throw new RequestError(status, type, message);
        }
        case 'null_content':
          this.#content = null;
          break;
        case 'duplicate_chunk':
          break;
      }
    }
  }

  async end(summary: ReplySummary): Promise<void> {
    const { faults } = this.#stream;
    const reasoning = this.#reasoning === '' ? {} : { reasoning_content: this.#reasoning };
    const { usage, timings, ...rest } = completion(this.#identity, { content: this.#content, ...reasoning }, summary);
    const body = JSON.stringify(faults.find('no_usage') === undefined ? { ...rest, usage, timings } : rest);
    await this.#stream.begin({ ...HEADERS, 'Content-Length': String(Buffer.byteLength(body)) });
    await this.#stream.write(body);
    await this.#stream.end();
  }

  async fail(error: RequestError): Promise<void> {
    sendError(this.#stream.response, error);
  }
}
