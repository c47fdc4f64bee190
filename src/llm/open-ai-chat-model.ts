import type { OpenAI } from 'openai';
import { chatChunks } from './chat/chat-chunks.ts';
import { chatCompletionBody } from './chat/chat-completion-body.ts';
import { callFailure } from './chat/call-failure.ts';
import { chatMessageText } from './chat/chat-message-text.ts';
import type {
  ChatMessage,
  ChatModel,
  ChatRequest,
  ChatStreamPart,
  CountOptions,
  ModelCapabilities,
  Prepared,
  PrepareOptions,
} from './chat-model.ts';
import type { CircuitBreaker } from './server/circuit-breaker.ts';
import { answeredIn, classifyModelError, sentence } from './chat/classify-model-error.ts';
import { ModelError } from './model-error.ts';
import type { ModelServer } from './server/model-server.ts';
import { PromptCounter } from './budget/prompt-counter.ts';
import { readChatChunks } from './chat/read-chat-chunks.ts';
import { RequestHabits } from './chat/request-habits.ts';
import { openClient, sender, type ServerReach } from './chat/server-reach.ts';
import type { SlotKeeper } from './slots/slot-keeper.ts';
import { textOfTools } from './tool-description.ts';
import { watchCall } from './chat/watch-call.ts';
import { redactSecrets } from '../utils/redact-secrets.ts';

export interface OpenAiChatModelOptions {
  server: ModelServer;
  /** The model's name in requests. */
  model: string;
  /** For errors: whether there is one, and what must not be quoted. */
  apiKey?: string | undefined;
  /** See `watchCall`. */
  timeoutMilliseconds: number;
  reach: ServerReach;
  /** Shared by all models behind the server. Absent: calls are never held back. */
  breaker?: CircuitBreaker | undefined;
  /** Shared by all models behind the server. Absent: nothing is known about its slots. */
  keeper?: SlotKeeper | undefined;
  /** See `readChatChunks`. */
  endMilliseconds?: number | undefined;
  /** Told, once each, what the server does not accept in requests. */
  onNotice?: ((text: string) => void) | undefined;
}

/** In milliseconds. */
const longestCount = 30_000;

/** A chat model behind any OpenAI-compatible address. Retries nothing: the caller decides by the kind of error. */
export class OpenAiChatModel implements ChatModel {
  readonly name: string;
  readonly capabilities: ModelCapabilities;
  readonly held?: (messages: readonly ChatMessage[]) => number;
  readonly prepare?: (options: PrepareOptions) => Promise<Prepared>;
  readonly #client: OpenAI;
  readonly #counter: PromptCounter;
  readonly #options: OpenAiChatModelOptions;
  readonly #reach: ServerReach;
  readonly #habits = new RequestHabits();

  constructor(options: OpenAiChatModelOptions) {
    this.#options = options;
    this.name = options.model;
    this.capabilities = options.server.capabilities;
    this.#reach = options.reach;
    const send = sender(this.#reach.headers);
    this.#client = openClient(this.#reach, options.server.address, send);
    this.#counter = new PromptCounter({
      send,
      model: options.model,
      address: options.server.address,
      wire: (messages) => this.#habits.messages(messages),
    });
    const { keeper, model } = options;
    if (keeper === undefined) return;
    this.held = (messages) => keeper.held(model, messages);
    this.prepare = (wanted) => keeper.prepare(model, wanted);
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    const { server, apiKey, timeoutMilliseconds, endMilliseconds, breaker, keeper } = this.#options;
    const { words } = this.#reach;
    const milliseconds = (await breaker?.ready(request.signal)) ?? 0;
    if (milliseconds > 0) yield { type: 'held_back', milliseconds };
    const { messages, tools, signal } = request;
    // What is offered stands at the beginning: with other tools nothing of it is the same.
    const seat = await keeper?.take({ model: `${this.name}${textOfTools(tools)}`, messages, signal });
    let reply: string | undefined;
    let begun: 'nothing' | 'something' = 'nothing';
    using watch = watchCall({
      timeoutMilliseconds,
      isHealthy: (signal) => this.#reach.isHealthy(signal),
      signal: request.signal,
    });
    try {
      for (;;) {
        const body = this.#habits.fit(
          chatCompletionBody({
            model: this.name,
            dialect: server.dialect,
            request,
            slot: seat?.slot,
            messages: this.#habits.messages(messages),
          }),
        );
        try {
          const response = await this.#client.chat.completions.create(body, { signal: watch.signal }).asResponse();
          const parts = readChatChunks({
            chunks: chatChunks(response, words.who),
            prefill: prefillOf(messages),
            tools,
            endMilliseconds,
            onLife: (sign) => {
              begun = 'something';
              seat?.begun();
              watch.alive(sign);
              if (sign === 'token') breaker?.succeeded();
            },
          });
          for await (const part of parts) {
            if (part.type === 'tool_call') reply ??= '';
            if (part.type === 'text') reply = (reply ?? '') + part.text;
            if (part.type === 'thoughts_ended') reply = '';
            yield part;
          }
          break;
        } catch (error) {
          // If a server refused something before it began, asking again without it costs nothing.
          const answer = begun === 'nothing' ? answeredIn(error)?.answer : undefined;
          const changed = answer === undefined ? undefined : this.#habits.learn(answer, body);
          if (changed === undefined) throw error;
          this.#options.onNotice?.(sentence(`${words.who} ${changed}.`));
        }
      }
      breaker?.succeeded();
    } catch (error) {
      request.signal?.throwIfAborted();
      const silent: unknown = watch.signal.aborted ? watch.signal.reason : undefined;
      const failure = classifyModelError(silent ?? error, server.address, apiKey?.trim() ? 'given' : 'none', words);
      throw this.#failure(callFailure(failure, tools) ?? failure);
    } finally {
      seat?.ended(reply);
    }
  }

  async countTokens(messages: ChatMessage[], { chatTemplateKwargs, tools, signal }: CountOptions = {}): Promise<number | undefined> {
    if (!this.capabilities.countsTokens) return undefined;
    // Counting is quick. The call that follows notices a server that does not answer.
    const timeout = AbortSignal.timeout(Math.min(this.#options.timeoutMilliseconds, longestCount));
    try {
      return await this.#counter.count({
        messages,
        chatTemplateKwargs,
        tools,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    } finally {
      // Whatever an aborted count returned.
      signal?.throwIfAborted();
    }
  }

  #failure(error: ModelError): ModelError {
    // Some servers quote the key that they refuse.
    const { apiKey } = this.#options;
    error.message = String(redactSecrets(error.message, { secrets: apiKey === undefined ? [] : [apiKey.trim()] }));
    const { kind, code, message, hint, retryAfter, cause } = error;
    const held = kind === 'transient' ? this.#options.breaker?.failed() : undefined;
    return held === undefined ? error : new ModelError({ kind, code, message: `${message} ${held}`, hint, retryAfter, cause });
  }
}

function prefillOf(messages: ChatMessage[]): string {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? chatMessageText(last) : '';
}
