import { OpenAI } from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { Usage } from '../events/usage.ts';
import type { ChatMessage, ChatModel, ChatRequest, ChatStreamPart, ModelCapabilities } from './chat-model.ts';
import { classifyModelError } from './classify-model-error.ts';
import { ModelError } from './model-error.ts';
import type { ModelServer } from './model-server.ts';
import { PrefillEcho } from './prefill-echo.ts';
import { unlimitedFetch } from './unlimited-fetch.ts';
import { watchCall } from './watch-call.ts';

export interface OpenAiChatModelOptions {
  server: ModelServer;
  /** The model's name in requests. */
  model: string;
  apiKey?: string | undefined;
  /** See `watchCall`. */
  timeoutMilliseconds: number;
}

/** What llama-server adds to the chunks of a stream. */
interface LlamaChunk extends ChatCompletionChunk {
  timings?: { cache_n?: number; prompt_n?: number; prompt_ms?: number; predicted_n?: number; predicted_ms?: number };
  prompt_progress?: { total: number; cache: number; processed: number };
}

/** A chat model behind any OpenAI-compatible address. Retries nothing: whoever calls decides by the kind of the error. */
export class OpenAiChatModel implements ChatModel {
  readonly name: string;
  readonly capabilities: ModelCapabilities;
  readonly #client: OpenAI;
  readonly #options: OpenAiChatModelOptions;

  constructor(options: OpenAiChatModelOptions) {
    this.#options = options;
    this.name = options.model;
    this.capabilities = options.server.capabilities;
    this.#client = new OpenAI({
      baseURL: options.server.address,
      apiKey: options.apiKey ?? 'not-needed',
      // Absent, these would be read from the environment and sent along.
      organization: null,
      project: null,
      webhookSecret: null,
      adminAPIKey: null,
      maxRetries: 0,
      // The client's own limit covers the wait for headers only; 24 days is the longest a timer takes.
      timeout: 2 ** 31 - 1,
      logLevel: 'off',
      fetch: unlimitedFetch,
    });
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    using watch = watchCall({
      timeoutMilliseconds: this.#options.timeoutMilliseconds,
      isHealthy: () => this.#isHealthy(),
      signal: request.signal,
    });
    try {
      const { data: stream, response } = await this.#client.chat.completions
        .create(this.#body(request), { signal: watch.signal })
        .withResponse();
      this.#requireEventStream(response);
      yield* this.#parts(stream as AsyncIterable<LlamaChunk>, request, watch);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (watch.signal.aborted) throw watch.signal.reason;
      throw classifyModelError(error, this.#options.server.address);
    }
  }

  async countTokens(messages: ChatMessage[], signal?: AbortSignal): Promise<number | undefined> {
    if (!this.capabilities.countsTokens) return undefined;
    try {
      const body = { model: this.name, messages: messages.map(toParam) };
      const answer = await this.#client.post<{ input_tokens?: number }>('/chat/completions/input_tokens', {
        body,
        ...(signal ? { signal } : {}),
      });
      return typeof answer.input_tokens === 'number' ? answer.input_tokens : undefined;
    } catch (error) {
      signal?.throwIfAborted();
      const classified = classifyModelError(error, this.#options.server.address);
      // Older servers have no such address: they cannot count. A lost server is noticed by the call that follows.
      if (classified.kind === 'configuration' || classified.kind === 'transient') return undefined;
      throw classified;
    }
  }

  async *#parts(
    stream: AsyncIterable<LlamaChunk>,
    request: ChatRequest,
    watch: ReturnType<typeof watchCall>,
  ): AsyncGenerator<ChatStreamPart> {
    const echo = new PrefillEcho(prefillOf(request.messages));
    let finishReason: string | undefined;
    let usage: Usage = {};
    for await (const chunk of stream) {
      if (chunk.prompt_progress) {
        watch.alive('prompt_progress');
        const { processed, total, cache } = chunk.prompt_progress;
        yield { type: 'prompt_progress', processed, total, cached: cache };
      }
      const choice = chunk.choices?.[0];
      const delta: { content?: string | null; reasoning_content?: string | null } | undefined = choice?.delta;
      if (delta?.reasoning_content) {
        watch.alive('token');
        yield { type: 'reasoning', text: delta.reasoning_content };
      }
      if (delta?.content) {
        watch.alive('token');
        const text = echo.pass(delta.content);
        if (text !== '') yield { type: 'text', text };
      }
      finishReason = choice?.finish_reason ?? finishReason;
      usage = mergeUsage(usage, chunk);
    }
    const held = echo.end();
    if (held !== '') yield { type: 'text', text: held };
    if (finishReason === undefined) throw new Error('the stream ended before the reply did');
    yield { type: 'end', finishReason, usage };
  }

  #body({ messages, maxTokens, sampling }: ChatRequest): ChatCompletionCreateParamsStreaming {
    return {
      model: this.name,
      messages: messages.map(toParam),
      stream: true,
      stream_options: { include_usage: true },
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
      ...(sampling?.temperature === undefined ? {} : { temperature: sampling.temperature }),
      ...(sampling?.topP === undefined ? {} : { top_p: sampling.topP }),
      ...(sampling?.seed === undefined ? {} : { seed: sampling.seed }),
      ...(sampling?.stop === undefined ? {} : { stop: sampling.stop }),
      ...(sampling?.minP === undefined ? {} : { min_p: sampling.minP }),
      ...(this.#options.server.dialect === 'llama-server' ? { return_progress: true, cache_prompt: true } : {}),
    };
  }

  async #isHealthy(): Promise<boolean> {
    const { server } = this.#options;
    const url = server.dialect === 'llama-server' ? server.address.replace(/\/v1$/, '/health') : `${server.address}/models`;
    const response = await unlimitedFetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.ok;
  }

  #requireEventStream(response: Response): void {
    const type = response.headers.get('content-type') ?? 'no content type';
    if (type.includes('text/event-stream')) return;
    throw new ModelError({
      kind: 'configuration',
      code: 'server.not_streaming',
      message: `The server at ${this.#options.server.address} answered with ${type} where a stream of events was asked for.`,
      hint: 'Check --base-url: it must be the address of an OpenAI-compatible model server, such as http://127.0.0.1:8080/v1.',
    });
  }
}

/** Only text goes back to the model: reasoning of earlier turns is left out. */
function toParam(message: ChatMessage): ChatCompletionMessageParam {
  return { role: message.role, content: textOf(message) };
}

function textOf(message: ChatMessage): string {
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
}

function prefillOf(messages: ChatMessage[]): string {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? textOf(last) : '';
}

/** Usage may come with the last chunk only; timings, where there are any, say more exactly what was read. */
function mergeUsage(usage: Usage, chunk: LlamaChunk): Usage {
  const { usage: counts, timings } = chunk;
  const cached = timings?.cache_n ?? counts?.prompt_tokens_details?.cached_tokens;
  const prompt = counts?.prompt_tokens;
  const next: Usage = {
    promptTokens: prompt,
    cachedTokens: cached,
    readTokens: timings?.prompt_n ?? (prompt !== undefined && cached !== undefined ? prompt - cached : undefined),
    replyTokens: counts?.completion_tokens ?? timings?.predicted_n,
    promptMilliseconds: timings?.prompt_ms,
    replyMilliseconds: timings?.predicted_ms,
  };
  return { ...usage, ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) };
}
