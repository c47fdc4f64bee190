import type { AnswerStream } from './answer-stream.ts';
import { RequestError } from './chat-call.ts';
import { completionChunk, timingsJson, usageJson, type CompletionIdentity } from './completion-json.ts';
import type { Delta } from './plan-reply.ts';
import { AnswerBroken, type PromptProgress, type ReplySink, type ReplySummary } from './reply-sink.ts';
import { errorJson, sendError } from './send-json.ts';

export interface StreamReplyOptions {
  stream: AnswerStream;
  identity: CompletionIdentity;
  /** Text to send back before the reply's own. */
  echo: string | undefined;
  usage: 'asked' | 'not_asked';
  progress: 'asked' | 'not_asked';
}

/** A reply as server-sent events: role first with null content, deltas, the reason, usage if asked for, `[DONE]`. */
export class StreamReply implements ReplySink {
  readonly #stream: AnswerStream;
  readonly #options: StreamReplyOptions;
  #echo: string | undefined;
  #chunks = 0;

  constructor(options: StreamReplyOptions) {
    this.#options = options;
    this.#stream = options.stream;
    this.#echo = options.echo;
  }

  async begin(): Promise<void> {
    const { faults } = this.#stream;
    if (faults.find('silence_before_headers') !== undefined) await this.#stream.waitInSilence();
    await this.#stream.begin({ 'X-Accel-Buffering': 'no', 'Content-Type': 'text/event-stream' });
    const pings = faults.find('pings');
    if (pings !== undefined) await this.#stream.ping(pings.everyMilliseconds ?? 5);
  }

  async progress(progress: PromptProgress): Promise<void> {
    if (this.#options.progress === 'not_asked') return;
    await this.#event({ ...this.#chunk({ role: 'assistant', content: null }), prompt_progress: progress });
  }

  async open(): Promise<void> {
    await this.#event(this.#chunk({ role: 'assistant', content: null }));
  }

  async delta(delta: Delta): Promise<void> {
    const { field, text } = delta;
    if (delta.field === 'tool_calls') {
      await this.#send(this.#chunk({ tool_calls: [callPiece(delta)] }));
      return;
    }
    const echo = field === 'content' ? (this.#echo ?? '') : '';
    if (field === 'content') this.#echo = undefined;
    await this.#send(this.#chunk({ [field]: echo + text }));
  }

  async #send(chunk: Record<string, unknown>): Promise<void> {
    await this.#meetFaults(this.#chunks, chunk);
    await this.#event(chunk);
    this.#chunks += 1;
  }

  async settle(): Promise<void> {
    if (this.#echo !== undefined) await this.delta({ field: 'content', text: '' });
    await this.#meetFaults('end', this.#chunk({}, 'stop'));
  }

  async end(summary: ReplySummary): Promise<void> {
    const { faults } = this.#stream;
    const last = this.#chunk({}, summary.finishReason);
    const timings = timingsJson(summary);
    if (faults.find('no_usage') !== undefined) {
      await this.#event(last);
    } else if (this.#options.usage === 'asked') {
      await this.#event(last);
      await this.#event({ ...last, choices: [], usage: usageJson(summary), timings });
    } else {
      await this.#event({ ...last, timings });
    }
    if (faults.find('no_done') === undefined) await this.#stream.write('data: [DONE]\n\n');
    await this.#stream.end();
  }

  async fail(error: RequestError): Promise<void> {
    if (!this.#stream.response.headersSent) {
      sendError(this.#stream.response, error);
      return;
    }
    await this.#event(errorJson(error));
    await this.#stream.end();
  }

  async #meetFaults(chunks: number | 'end', next: Record<string, unknown>): Promise<void> {
    for (const fault of this.#stream.faults.takeDue(chunks)) {
      switch (fault.kind) {
        case 'break':
          return this.#stream.breakOff(fault.kind);
        case 'half_chunk': {
          const text = `data: ${JSON.stringify(next)}`;
          await this.#stream.write(text.slice(0, text.length / 2));
          await this.#stream.end();
          throw new AnswerBroken(fault.kind);
        }
        case 'silence':
          await this.#stream.waitInSilence();
          break;
        case 'error_event': {
          const { status = 500, type = 'server_error', message = 'Context size has been exceeded.' } = fault;
          throw new RequestError(status, type, message);
        }
        case 'duplicate_chunk':
          await this.#event(next);
          break;
        case 'null_content':
          await this.#event(this.#chunk({ content: null }));
          break;
      }
    }
  }

  #chunk(delta: Record<string, unknown>, finishReason: string | null = null): Record<string, unknown> {
    return completionChunk(this.#options.identity, delta, finishReason);
  }

  async #event(data: Record<string, unknown>): Promise<void> {
    await this.#stream.write(`data: ${JSON.stringify(data)}\n\n`);
  }
}

function callPiece({ text, index, begins }: Extract<Delta, { field: 'tool_calls' }>): Record<string, unknown> {
  if (begins === undefined) return { index, function: { arguments: text } };
  const { id, name } = begins;
  return { index, ...(id === null ? {} : { id }), type: 'function', function: { name, arguments: text } };
}
