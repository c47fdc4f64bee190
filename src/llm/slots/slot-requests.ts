import { randomUUID } from 'node:crypto';
import { boundedText, textPieces } from '../server/bounded-text.ts';
import { readServerEvents } from '../server/read-server-events.ts';
import { parseJson } from '../../utils/parse-json.ts';
import type { Usage } from '../../events/usage.ts';
import { authorization } from '../server/authorization.ts';
import { messageParams } from '../chat/wire-messages.ts';
import { chatMessageText } from '../chat/chat-message-text.ts';
import type { PrepareOptions } from '../chat-model.ts';
import { isServerHealthy } from '../server/is-server-healthy.ts';
import { type ModelServer, serverRoot } from '../server/model-server.ts';
import { unlimitedFetch } from '../server/unlimited-fetch.ts';
import { watchCall } from '../chat/watch-call.ts';
import type { Generation } from './measure-parallel.ts';

/** What a llama-server's own completion reports while it reads, as far as it is used here. */
export interface CompletionEvent {
  id_slot?: number;
  stop?: boolean;
  prompt_progress?: { processed?: number; cache?: number };
  timings?: { prompt_n?: number; cache_n?: number; prompt_ms?: number; predicted_n?: number; predicted_ms?: number };
}

/** The events of a stream; anything else is skipped. */
export async function* readEvents(response: Response): AsyncGenerator<CompletionEvent> {
  for await (const { data } of readServerEvents(textPieces(response))) {
    const event = data.startsWith('{') ? (parseJson(data) as CompletionEvent | undefined) : undefined;
    if (event !== undefined) yield event;
  }
}

export interface SlotRequestsOptions {
  server: Pick<ModelServer, 'address' | 'dialect'>;
  apiKey?: string | undefined;
  /** See `watchCall`. */
  timeoutMilliseconds: number;
}

/** The result of having the server read a prompt. If that was aborted, the slot is unknown. */
export interface ReadPrompt {
  slot: number | undefined;
  usage: Usage;
}

export type ReadOptions = Pick<PrepareOptions, 'messages' | 'last' | 'sampling' | 'signal'> & { model: string };

export interface GenerateOptions {
  model: string;
  promptTokens: number;
  replyTokens: number;
  signal: AbortSignal;
}

/** Saving a slot waits until it is idle, and a large one takes time on a slow disk. */
const patience = 30_000;

/** Requests about its slots that a llama-server answers beyond the shared protocol. */
export class SlotRequests {
  readonly #options: SlotRequestsOptions;
  readonly #root: string;

  constructor(options: SlotRequestsOptions) {
    this.#options = options;
    this.#root = serverRoot(options.server.address);
  }

  /** Whether slots can be saved and restored. Only a server that can do so refuses an impossible file name as such. */
  async canSave(signal?: AbortSignal): Promise<boolean> {
    const response = await this.#send('/slots/0?action=save', { filename: '/' }, signal);
    await response.body?.cancel();
    return response.status === 400;
  }

  /** The idle slots, or undefined if the server does not report them. */
  async idle(signal?: AbortSignal): Promise<number[] | undefined> {
    const response = await unlimitedFetch(`${this.#root}/slots`, { headers: this.#headers(), signal: this.#within(signal) });
    const slots = response.ok ? parseJson(await boundedText(response)) : undefined;
    if (!Array.isArray(slots)) return undefined;
    return slots.flatMap((slot: { id?: unknown; is_processing?: unknown }) =>
      typeof slot.id === 'number' && slot.is_processing === false ? [slot.id] : [],
    );
  }

  /** @returns whether it was done. It waits for a busy slot. */
  async act(action: 'save' | 'restore', slot: number, file: string, signal?: AbortSignal): Promise<boolean> {
    const response = await this.#send(`/slots/${slot}?action=${action}`, { filename: file }, signal);
    await response.body?.cancel();
    return response.ok;
  }

  /**
   * Makes the server read messages into the slot that it picks: the one that holds most of them.
   * @returns undefined if the server cannot do it. Aborting ends it early.
   */
  async read(options: ReadOptions): Promise<ReadPrompt | undefined> {
    const { signal } = options;
    const usage: Usage = {};
    const { server, apiKey, timeoutMilliseconds } = this.#options;
    using watch = watchCall({ timeoutMilliseconds, isHealthy: (ask) => isServerHealthy({ server, apiKey, signal: ask }), signal });
    try {
      const prompt = await this.#render(options, watch.signal);
      if (prompt === undefined) return undefined;
      const body = { model: options.model, prompt, n_predict: 0, cache_prompt: true, stream: true, return_progress: true };
      const response = await this.#post('/completion', body, watch.signal);
      if (!response.ok || response.body === null) return undefined;
      for await (const event of readEvents(response)) {
        watch.alive('prompt_progress');
        const { processed, cache } = event.prompt_progress ?? {};
        if (processed !== undefined && cache !== undefined) usage.readTokens = Math.max(0, processed - cache);
        const { prompt_n: read, cache_n: cached, prompt_ms: milliseconds } = event.timings ?? {};
        if (event.id_slot === undefined || event.stop !== true || read === undefined || cached === undefined) continue;
        const told = { promptTokens: read + cached, cachedTokens: cached, readTokens: read };
        return { slot: event.id_slot, usage: { ...told, ...(milliseconds === undefined ? {} : { promptMilliseconds: milliseconds }) } };
      }
      return undefined;
    } catch (error) {
      if (signal?.aborted !== true) throw error;
      return { slot: undefined, usage };
    }
  }

  /**
   * Makes the server read and write exactly so many meaningless tokens, whatever the model would say. @throws what the HTTP client throws; an Error if the
   * server refuses.
   */
  async generate({ model, promptTokens, replyTokens, signal }: GenerateOptions): Promise<Generation> {
    // Words of about a token each that no cache holds.
    const prompt = `${randomUUID()} ${'one two three four '.repeat(Math.ceil(promptTokens / 4))}`;
    const body = { model, prompt, n_predict: replyTokens, ignore_eos: true, cache_prompt: false, temperature: 0 };
    const response = await this.#post('/completion', body, signal);
    const answer = response.ok ? (parseJson(await boundedText(response)) as CompletionEvent | null | undefined) : undefined;
    const { prompt_n: readTokens, prompt_ms: readMilliseconds, predicted_n: writtenTokens } = answer?.timings ?? {};
    if (readTokens === undefined || readMilliseconds === undefined || writtenTokens === undefined)
      throw new Error(`the server does not tell how long it took (HTTP ${response.status})`);
    return { readTokens, readMilliseconds, writtenTokens };
  }

  /** The prompt that the requests will have, as far as it is known. */
  async #render({ model, messages, last, sampling }: ReadOptions, signal: AbortSignal): Promise<string | undefined> {
    const text = messages.at(-1);
    const end = text === undefined ? '' : chatMessageText(text).trim();
    if (end === '') return undefined;
    // A last reply would be continued. Before another message it looks as it will in the requests.
    const params = [...messages.flatMap(messageParams), ...(text?.role === 'assistant' ? [{ role: 'user', content: '.' }] : [])];
    const kwargs = sampling?.chatTemplateKwargs === undefined ? {} : { chat_template_kwargs: sampling.chatTemplateKwargs };
    const response = await this.#post('/apply-template', { model, messages: params, ...kwargs }, signal);
    const answer = response.ok ? (parseJson(await boundedText(response)) as { prompt?: unknown } | null | undefined) : undefined;
    if (typeof answer?.prompt !== 'string') return undefined;
    if (last === 'whole' && text?.role !== 'assistant') return answer.prompt;
    const place = answer.prompt.lastIndexOf(end);
    return place === -1 ? undefined : answer.prompt.slice(0, place + end.length);
  }

  async #send(path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
    return this.#post(path, body, this.#within(signal));
  }

  async #post(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    return unlimitedFetch(`${this.#root}${path}`, { method: 'POST', headers: this.#headers(), body: JSON.stringify(body), signal });
  }

  #headers(): Record<string, string> {
    return { 'content-type': 'application/json', ...authorization(this.#options.apiKey) };
  }

  #within(signal: AbortSignal | undefined): AbortSignal {
    const timeout = AbortSignal.timeout(patience);
    return signal ? AbortSignal.any([signal, timeout]) : timeout;
  }
}
