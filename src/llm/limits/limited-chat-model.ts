import type { Clock } from '../../utils/clock.ts';
import { estimatePromptTokens, estimateTokens } from '../budget/estimate-tokens.ts';
import type { ChatModel, ChatRequest, ChatStreamPart } from '../chat-model.ts';
import { ModelError } from '../model-error.ts';
import { textOfTools } from '../tool-description.ts';
import { WrappedChatModel } from '../wrapped-chat-model.ts';
import type { RateWindow } from './rate-window.ts';

export interface LimitedChatModelOptions {
  model: ChatModel;
  /** Shared by all models of the provider. */
  window: RateWindow;
  /** The provider's name in the settings. */
  provider: string;
  clock: Clock;
}

/** In milliseconds: a shorter wait is not worth a line. */
const worthTelling = 2000;
/** What others took is corrected at any time. */
const betweenLooks = 500;

/** A model whose calls keep to what its provider allows in each minute. */
export class LimitedChatModel extends WrappedChatModel {
  readonly prepare?: NonNullable<ChatModel['prepare']>;
  readonly #options: Omit<LimitedChatModelOptions, 'model'>;

  constructor({ model, ...options }: LimitedChatModelOptions) {
    super(model);
    this.#options = options;
    if (model.prepare !== undefined) this.prepare = (wanted) => model.prepare?.(wanted) ?? Promise.resolve({ usage: {}, copies: 'none' });
  }

  override get longestPrompt(): number {
    return this.#options.window.largest;
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatStreamPart> {
    const { window, clock, provider } = this.#options;
    const { messages, maxTokens = 0, owner = '' } = request;
    const prompt = estimatePromptTokens(messages) + estimateTokens(textOfTools(request.tools));
    if (prompt > window.largest) throw beyondLimit(provider, prompt, window.largest);
    const id = window.ask(owner, prompt + maxTokens);
    yield* this.#turnOf(id, request.signal);
    let taken = prompt;
    try {
      for await (const part of this.inner.stream(request)) {
        if (part.type === 'end') taken = (part.usage.promptTokens ?? prompt) + (part.usage.replyTokens ?? maxTokens);
        else if (taken === prompt && (part.type === 'text' || part.type === 'reasoning' || part.type === 'tool_call'))
          taken = prompt + maxTokens;
        yield part;
      }
    } catch (error) {
      if (error instanceof ModelError && error.retryAfter !== undefined) window.close(clock.now() + error.retryAfter);
      throw error;
    } finally {
      window.correct(id, taken);
    }
  }

  async *#turnOf(id: number, signal: AbortSignal | undefined): AsyncGenerator<ChatStreamPart> {
    const { window, clock, provider } = this.#options;
    const began = clock.now();
    let told = false;
    let admitted = window.admit(began).includes(id);
    try {
      while (!admitted) {
        const now = clock.now();
        const wait = Math.max(1, (window.opensAt(now) ?? now) - now);
        if (!told && now - began >= worthTelling) {
          told = true;
          yield { type: 'limited', provider, milliseconds: wait };
        }
        await clock.sleep(Math.min(wait, betweenLooks), signal);
        // Another call may have let it in.
        admitted = window.admit(clock.now()).includes(id) || window.hasBegun(id);
      }
    } finally {
      if (!admitted) window.withdraw(id);
    }
  }
}

/** A request that is larger than all that may be sent in a minute. */
export function beyondLimit(provider: string, tokens: number, limit: number): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'limit.request_too_large',
    message: `A request of about ${tokens} tokens can never be sent to ${provider}: its tokens_per_minute is ${limit}.`,
    hint: `Raise tokens_per_minute of providers.${provider} if more is allowed there, shorten the requirement, or name another model with --model.`,
  });
}
