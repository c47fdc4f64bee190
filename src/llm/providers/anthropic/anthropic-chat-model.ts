import type { Anthropic } from '@anthropic-ai/sdk';
import type { MessageCountTokensParams } from '@anthropic-ai/sdk/resources/messages';
import { parseJson, valueAt } from '../../../utils/parse-json.ts';
import { callFailure } from '../../chat/call-failure.ts';
import { chatMessageText } from '../../chat/chat-message-text.ts';
import { watchCall } from '../../chat/watch-call.ts';
import type { ChatMessage, ChatModel, ChatRequest, ChatStreamPart, CountOptions, ModelCapabilities } from '../../chat-model.ts';
import { ModelError } from '../../model-error.ts';
import { boundedText } from '../../server/bounded-text.ts';
import type { CircuitBreaker } from '../../server/circuit-breaker.ts';
import { anthropicBody, toolFields } from './anthropic-body.ts';
import type { AnthropicPlace } from './anthropic-client.ts';
import { answeredIn, anthropicError, whoAnswers } from './anthropic-error.ts';
import { anthropicEvents } from './anthropic-events.ts';
import type { AnthropicFacts } from './anthropic-facts.ts';
import { type AnthropicHabits, learnFrom, refusesPrefill } from './anthropic-habits.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { readAnthropicEvents } from './read-anthropic-events.ts';

/** A model behind Anthropic's protocol, and what is known of it. */
export interface AnthropicChatModelOptions {
  client: Anthropic;
  place: AnthropicPlace;
  /** The model's name in requests. */
  model: string;
  /** Found out once; a failure is that of the call, and the next call asks again. @throws ModelError. */
  facts: () => Promise<AnthropicFacts>;
  isHealthy: (signal: AbortSignal) => Promise<boolean>;
  /** See `watchCall`. */
  timeoutMilliseconds: number;
  /** Shared by all models of the connection. */
  breaker?: CircuitBreaker | undefined;
  /** Told, once each, what the server does not accept in requests. */
  onNotice?: ((text: string) => void) | undefined;
}

/** In milliseconds. */
const longestCount = 30_000;

/** A chat model behind Anthropic's protocol. Retries nothing: the caller decides by the kind of error. */
export class AnthropicChatModel implements ChatModel {
  readonly name: string;
  /** Corrected when the server refuses one of them. */
  readonly capabilities: ModelCapabilities = { countsTokens: true, continuesReplies: true };
  readonly #options: AnthropicChatModelOptions;
  #habits: AnthropicHabits | undefined;

  constructor(options: AnthropicChatModelOptions) {
    this.#options = options;
    this.name = options.model;
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    const { place, isHealthy, timeoutMilliseconds, breaker } = this.#options;
    const milliseconds = (await breaker?.ready(request.signal)) ?? 0;
    if (milliseconds > 0) yield { type: 'held_back', milliseconds };
    using watch = watchCall({ timeoutMilliseconds, isHealthy, signal: request.signal });
    try {
      yield* this.#attempt(request, watch);
      breaker?.succeeded();
    } catch (error) {
      request.signal?.throwIfAborted();
      const silent: unknown = watch.signal.aborted ? watch.signal.reason : undefined;
      const failure = anthropicError(silent ?? error, place);
      throw this.#failure(callFailure(failure, request.tools) ?? failure);
    }
  }

  async countTokens(messages: ChatMessage[], { tools = [], signal }: CountOptions = {}): Promise<number | undefined> {
    if (!this.capabilities.countsTokens) return undefined;
    const { client, model, timeoutMilliseconds, place } = this.#options;
    // Counting is quick. The call that follows notices a server that does not answer.
    const timeout = AbortSignal.timeout(Math.min(timeoutMilliseconds, longestCount));
    try {
      const { system, messages: wire } = anthropicMessages(messages, { marks: 'unmarked', ending: 'trimmed' });
      const offered = tools.length === 0 ? {} : { tools: toolFields(tools) };
      const body: MessageCountTokensParams = { model, ...(system.length === 0 ? {} : { system }), messages: wire, ...offered };
      const options = { body, signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
      const response = await client.post('/v1/messages/count_tokens', options).asResponse();
      const count = valueAt(parseJson(await boundedText(response)), ['input_tokens']);
      return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
    } catch (error) {
      const { kind, code } = anthropicError(error, place);
      if (code === 'model.not_found') this.capabilities.countsTokens = false;
      if (kind === 'configuration' || kind === 'transient') return undefined;
      throw anthropicError(error, place);
    } finally {
      signal?.throwIfAborted();
    }
  }

  /** One reply. If the server refuses something before it begins, asking again without it costs nothing. */
  async *#attempt(request: ChatRequest, watch: ReturnType<typeof watchCall>): AsyncGenerator<ChatStreamPart> {
    const { client, model, facts, place, breaker, onNotice } = this.#options;
    this.#habits ??= habitsOf(await facts());
    let begun: 'nothing' | 'something' = 'nothing';
    for (;;) {
      const habits: AnthropicHabits = this.#habits;
      const body = anthropicBody({ model, request, habits });
      try {
        // Not the package's own method, which writes warnings to the screen.
        const response = await client.post('/v1/messages', { body, stream: true, signal: watch.signal }).asResponse();
        yield* readAnthropicEvents({
          events: anthropicEvents(response),
          prefill: prefillOf(request.messages),
          ending: habits.ending,
          replyTool: 'tools' in body ? request.format?.name : undefined,
          tools: request.tools,
          onLife: (sign) => {
            begun = 'something';
            watch.alive(sign);
            if (sign === 'token') breaker?.succeeded();
          },
        });
        return;
      } catch (error) {
        const answer = begun === 'nothing' ? answeredIn(error) : undefined;
        if (answer === undefined) throw error;
        if (body.messages.at(-1)?.role === 'assistant' && refusesPrefill(answer)) {
          this.capabilities.continuesReplies = false;
          throw error;
        }
        const learned = learnFrom(answer, habits, body);
        if (learned === undefined) throw error;
        this.#habits = learned.habits;
        if (learned.says !== undefined) onNotice?.(`${model} of ${whoAnswers(place)} ${learned.says}.`);
      }
    }
  }

  #failure(error: ModelError): ModelError {
    const { kind, code, message, hint, retryAfter, cause } = error;
    const held = kind === 'transient' ? this.#options.breaker?.failed() : undefined;
    return held === undefined ? error : new ModelError({ kind, code, message: `${message} ${held}`, hint, retryAfter, cause });
  }
}

function habitsOf({ replyTokens, shapes }: AnthropicFacts): AnthropicHabits {
  return { leftOut: new Set(), shape: shapes === 'taken' ? 'output_config' : 'tool', marks: 'marked', ending: 'as_it_is', replyTokens };
}

function prefillOf(messages: ChatMessage[]): string {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? chatMessageText(last) : '';
}
