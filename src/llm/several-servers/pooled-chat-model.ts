import type {
  ChatMessage,
  ChatModel,
  ChatRequest,
  ChatStreamPart,
  CountOptions,
  ModelCapabilities,
  Prepared,
  PrepareOptions,
} from '../chat-model.ts';
import { ModelError } from '../model-error.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import type { PooledServer } from './pooled-server.ts';
import type { ServerPool } from './server-pool.ts';

/** One model on several servers. Each call goes to one of them. It retries nothing, but says which other server can take over. */
export class PooledChatModel implements ChatModel {
  readonly name: string;
  readonly #pool: ServerPool;

  constructor(name: string, pool: ServerPool) {
    this.name = name;
    this.#pool = pool;
  }

  /** What every server can do; for counting tokens, one that can is enough. */
  get capabilities(): ModelCapabilities {
    const models = this.#pool.offering(this.name).map((server) => server.model(this.name));
    return {
      countsTokens: models.some((model) => model?.capabilities.countsTokens),
      continuesReplies: models.every((model) => model?.capabilities.continuesReplies),
    };
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    const signal = request.signal ?? new AbortController().signal;
    const { server, work, heldBackMilliseconds } = await this.#pool.choose(this.name, request.messages, signal);
    let text = '';
    try {
      yield { type: 'sent', server: withoutCredentials(server.address) };
      if (heldBackMilliseconds > 0) yield { type: 'held_back', milliseconds: heldBackMilliseconds };
      const model = server.model(this.name);
      if (model === undefined) throw new Error('a server was chosen that has no such model');
      for await (const part of model.stream(request)) {
        if (part.type === 'text') text += part.text;
        if (part.type === 'thoughts_ended') text = '';
        if (part.type === 'text' || part.type === 'reasoning' || part.type === 'end') work.succeeded();
        yield part;
      }
    } catch (error) {
      if (error instanceof ModelError && isFaultOfServer(error)) throw this.#lost(error, server);
      throw error;
    } finally {
      work.end(text);
    }
  }

  async countTokens(messages: ChatMessage[], options?: CountOptions): Promise<number | undefined> {
    for (const server of this.#pool.offering(this.name)) {
      if (server.state !== 'up') continue;
      const tokens = await server.model(this.name)?.countTokens(messages, options);
      if (tokens !== undefined) return tokens;
    }
    return undefined;
  }

  /** As held by the server that holds most. */
  held(messages: readonly ChatMessage[]): number {
    const up = this.#pool.offering(this.name).filter(({ state }) => state === 'up');
    return Math.max(0, ...up.map((server) => server.held(this.name, messages)));
  }

  /** Prepares the server that the requests will go to. */
  async prepare(options: PrepareOptions): Promise<Prepared> {
    const home = this.#pool.home(this.name, options.messages, options.branches);
    const prepared = await home?.model(this.name)?.prepare?.(options);
    return prepared === undefined ? { usage: {}, copies: 'none' } : { ...prepared, server: home?.address };
  }

  #lost({ kind, code, message, hint, retryAfter, overflow, cause }: ModelError, server: PooledServer): ModelError {
    const held = server.failed();
    const another = this.#pool.another(server, this.name);
    const end = another === undefined ? held : 'Another server goes on.';
    const address = withoutCredentials(server.address);
    const named = message.includes(address) ? message : `${address}: ${message}`;
    const whole = end === undefined ? named : `${named} ${end}`;
    const elsewhere = another && withoutCredentials(another.address);
    return new ModelError({ kind, code, message: whole, hint, retryAfter, overflow, cause, elsewhere });
  }
}

/** Errors in the setup of one server that others may not have. */
const wronglySetUp = ['server.unauthorized', 'server.redirected', 'server.not_streaming', 'model.not_found'];

function isFaultOfServer({ kind, code }: ModelError): boolean {
  return kind === 'transient' || wronglySetUp.includes(code);
}
