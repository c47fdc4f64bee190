import { toolsRefused } from '../../chat/call-failure.ts';
import { watchCall } from '../../chat/watch-call.ts';
import type { ChatMessage, ChatModel, ChatRequest, ChatStreamPart, ModelCapabilities } from '../../chat-model.ts';
import { ModelError } from '../../model-error.ts';
import { AnsweredError } from '../../server/server-answer.ts';
import type { CircuitBreaker } from '../../server/circuit-breaker.ts';
import { textOfTools } from '../../tool-description.ts';
import type { BotserverClient } from './botserver-client.ts';
import { agentFailed, wordsOfBotserver } from './botserver-words.ts';
import { type QueryAnswer, readQueryAnswer } from './query-answer.ts';
import { queryText } from './query-text.ts';

export interface BotserverChatModelOptions {
  client: BotserverClient;
  /** The agent's name in the settings. */
  name: string;
  /** What it may be called in an address. */
  spellings: readonly [string, ...string[]];
  /** See `watchCall`. */
  timeoutMilliseconds: number;
  /** Shared by all agents of the connection. */
  breaker?: CircuitBreaker | undefined;
}

/**
 * An agent of a botserver as a model: a question, and one whole answer. It may itself ask models, read and write, which nobody sees here: as long as the server says
 * that it is well, the agent is at work. Nothing is counted beforehand, sampled by settings or continued.
 */
export class BotserverChatModel implements ChatModel {
  readonly name: string;
  readonly capabilities: ModelCapabilities = { countsTokens: false, continuesReplies: false };
  readonly #options: BotserverChatModelOptions;
  #spellings: readonly [string, ...string[]];

  constructor(options: BotserverChatModelOptions) {
    this.#options = options;
    this.#spellings = options.spellings;
    this.name = options.name;
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    const { client, timeoutMilliseconds, breaker } = this.#options;
    if (request.messages.at(-1)?.role === 'assistant') throw continuesNothing(this.name);
    if (textOfTools(request.tools) !== '')
      throw toolsRefused(`${this.name} is an agent of a botserver, which takes a question and no tools.`);
    const milliseconds = (await breaker?.ready(request.signal)) ?? 0;
    if (milliseconds > 0) yield { type: 'held_back', milliseconds };
    using watch = watchCall({ timeoutMilliseconds, isHealthy: (signal) => client.isHealthy(signal), signal: request.signal });
    try {
      const { output, usage, isCut } = await this.#query(queryText(request.messages), watch.signal);
      breaker?.succeeded();
      if (output !== '') yield { type: 'text', text: output };
      yield { type: 'end', finishReason: isCut ? 'length' : 'stop', usage };
    } catch (error) {
      request.signal?.throwIfAborted();
      throw this.#failure(watch.signal.aborted ? watch.signal.reason : error);
    }
  }

  countTokens(_messages: ChatMessage[]): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** A server that does not know one spelling of the agent is asked by the next; the one that it knows is used from then on. */
  async #query(query: string, signal: AbortSignal): Promise<QueryAnswer> {
    const { client, name } = this.#options;
    const [spelling, ...others] = this.#spellings;
    try {
      const answer = readQueryAnswer(await client.post(`/api/botcoder/${spelling}/query`, { query }, signal));
      this.#spellings = [spelling];
      if (answer.exitCode === 0) return answer;
      throw new ModelError(agentFailed(wordsOfBotserver(client.place), { agent: name, code: answer.exitCode, said: answer.output }));
    } catch (error) {
      const [next, ...rest] = others;
      if (next === undefined || !(error instanceof AnsweredError) || error.answer.status !== 404) throw error;
      this.#spellings = [next, ...rest];
      return this.#query(query, signal);
    }
  }

  #failure(thrown: unknown): ModelError {
    const error = this.#options.client.failure(thrown, `the answer of the agent ${this.name}`);
    const held = error.kind === 'transient' ? this.#options.breaker?.failed() : undefined;
    if (held === undefined) return error;
    const { kind, code, message, hint, retryAfter, cause } = error;
    return new ModelError({ kind, code, message: `${message} ${held}`, hint, retryAfter, cause });
  }
}

/** Whoever asks then asks for the rest in words. */
function continuesNothing(name: string): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'model.bad_request',
    message: `The agent ${name} of a botserver continues no reply.`,
    hint: 'Ask it for the rest.',
  });
}
