import { randomBytes } from 'node:crypto';
import type { ReplyEvent } from './generate-reply.ts';
import type { Timings } from './timings.ts';

export type FinishReason = 'stop' | 'length';
export type ProgressEvent = Extract<ReplyEvent, { type: 'progress' }>;

/** Builds the JSON of one reply in llama-server's format: whole, or in chunks that share an id. */
export class ChatResponses {
  readonly #common: Record<string, unknown>;

  constructor({ modelName, buildInfo, now = Date.now() }: { modelName: string; buildInfo: string; now?: number }) {
    this.#common = {
      created: Math.floor(now / 1000),
      id: `chatcmpl-${randomBytes(24).toString('base64url')}`,
      model: modelName,
      system_fingerprint: buildInfo,
    };
  }

  whole({ text, finishReason, timings }: { text: string; finishReason: FinishReason; timings: Timings }): object {
    return {
      choices: [{ finish_reason: finishReason, index: 0, message: { role: 'assistant', content: text } }],
      ...this.#common,
      object: 'chat.completion',
      usage: usageOf(timings),
      timings,
    };
  }

  /** The first chunk, sent before anything is known of the reply. */
  role(): object {
    return this.#chunk([{ finish_reason: null, index: 0, delta: { role: 'assistant', content: null } }]);
  }

  progress({ total, cached, processed, milliseconds }: ProgressEvent): object {
    return { ...this.role(), prompt_progress: { total, cache: cached, processed, time_ms: milliseconds } };
  }

  text(text: string): object {
    return this.#chunk([{ finish_reason: null, index: 0, delta: { content: text } }]);
  }

  /** The timings come with the last chunk: this one, unless a chunk with the usage follows. */
  finish(finishReason: FinishReason, timings?: Timings): object {
    return { ...this.#chunk([{ finish_reason: finishReason, index: 0, delta: {} }]), ...(timings === undefined ? {} : { timings }) };
  }

  usage(timings: Timings): object {
    return { ...this.#chunk([]), usage: usageOf(timings), timings };
  }

  #chunk(choices: object[]): object {
    return { choices, ...this.#common, object: 'chat.completion.chunk' };
  }
}

function usageOf({ cache_n: cached, prompt_n: read, predicted_n: predicted }: Timings): object {
  return {
    completion_tokens: predicted,
    prompt_tokens: cached + read,
    total_tokens: cached + read + predicted,
    prompt_tokens_details: { cached_tokens: cached },
  };
}
