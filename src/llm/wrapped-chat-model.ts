import type { ChatMessage, ChatModel, ChatRequest, ChatStreamPart, CountOptions, ModelCapabilities } from './chat-model.ts';

/** A model that does something around the calls to another one. Reading ahead is no call, so whoever wants it says so. */
export abstract class WrappedChatModel implements ChatModel {
  readonly name: string;
  readonly held?: NonNullable<ChatModel['held']>;
  protected readonly inner: ChatModel;

  constructor(inner: ChatModel) {
    this.inner = inner;
    this.name = inner.name;
    if (inner.held !== undefined) this.held = (messages) => inner.held?.(messages) ?? 0;
  }

  get capabilities(): ModelCapabilities {
    return this.inner.capabilities;
  }

  get longestPrompt(): number | undefined {
    return this.inner.longestPrompt;
  }

  abstract stream(request: ChatRequest): AsyncIterable<ChatStreamPart>;

  countTokens(messages: ChatMessage[], options?: CountOptions): Promise<number | undefined> {
    return this.inner.countTokens(messages, options);
  }
}
