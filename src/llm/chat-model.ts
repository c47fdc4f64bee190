import type { ContentPart } from '../events/content-part.ts';
import type { Usage } from '../events/usage.ts';

/** One message of a conversation. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  /** Reasoning stands in an earlier reply only where the model is to see it again. What came of tool calls stands in a message of the user. */
  content: ContentPart[];
}

/** How tokens are chosen. Absent means: the server's own default. */
export interface Sampling {
  temperature?: number | undefined;
  topP?: number | undefined;
  minP?: number | undefined;
  seed?: number | undefined;
  stop?: string[] | undefined;
  /** How much less likely words become that would repeat what stands there already; for a llama-server, others are not told of it. */
  /** Of a llama-server: how many of the likeliest tokens are chosen from, and how much less likely a token becomes that was said already (1: not at all). */
  topK?: number | undefined;
  repeatPenalty?: number | undefined;
  dryMultiplier?: number | undefined;
  /** Options of the model's chat template, such as `enable_thinking`. */
  chatTemplateKwargs?: Record<string, string | number | boolean> | undefined;
}

/** One question to a model. */
export interface ChatRequest {
  /** Strictly alternating after an optional system message. If the last one is the assistant's, the reply continues it. */
  messages: ChatMessage[];
  /** The most tokens the reply may have; absent: as many as the server allows. */
  maxTokens?: number | undefined;
  sampling?: Sampling | undefined;
  /** The shape that the reply must have. Not every server holds the model to it: whoever asks checks the reply. */
  format?: { name: string; schema: Record<string, unknown> } | undefined;
  /** Aborting closes the connection, which ends the generation and frees the server's slot. */
  signal?: AbortSignal | undefined;
}

/**
 * `stop`: the model ended by itself. `length`: a cap or the context cut it. `repetition`: it only repeated itself any more, and the text ends where that
 * began. `planned_length`: it has reached the length that was planned for it, and is not continued. Of a whole reply also: `unfinished`, it was continued as
 * often as is allowed, or continuing it brought nothing. Any other word the server says is kept as it is.
 */
export type FinishReason = 'stop' | 'length' | 'unfinished' | 'repetition' | 'planned_length' | (string & {});

/** What a reply consists of while it arrives. */
export type ChatStreamPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** All text of the reply so far was reasoning: the prompt had begun it, and its end has arrived. */
  | { type: 'thoughts_ended' }
  /** Where there are several servers: the address of the one that the call went to. The first part, if there is one. */
  | { type: 'sent'; server: string }
  /** The server had failed many times in a row, and the call waited this long for its health before it was sent. */
  | { type: 'held_back'; milliseconds: number }
  /** Tokens of the prompt read so far; `cached` of them came from the cache. */
  | { type: 'prompt_progress'; processed: number; total: number; cached: number }
  | { type: 'end'; finishReason: FinishReason; usage: Usage };

/** What a count depends on beside the messages. */
export interface CountOptions {
  /** Of the request that is counted: what the template is told may change its prompt. */
  chatTemplateKwargs?: Sampling['chatTemplateKwargs'];
  signal?: AbortSignal | undefined;
}

/** What the server behind a model can do, as found out. */
export interface ModelCapabilities {
  /** Counts a prompt's tokens exactly before it is sent. */
  countsTokens: boolean;
  /** Continues a reply from an assistant message that stands last. */
  continuesReplies: boolean;
}

/** What is to be read before it is asked. */
export interface PrepareOptions {
  /** With what the requests begin. */
  messages: readonly ChatMessage[];
  /** `beginning`: what stands last goes on differently in each request. `whole`: the reply comes next. */
  last: 'whole' | 'beginning';
  /** How many requests that begin so are to be under way at once. */
  branches: number;
  sampling?: Sampling | undefined;
  /** Aborting ends the reading; what was read until then stays read, and is told. */
  signal?: AbortSignal | undefined;
}

/** What came of reading ahead. */
export interface Prepared {
  /** What it took. */
  usage: Usage;
  /** `kept`: each of the branches finds the beginning in a slot of its own. */
  copies: 'kept' | 'none';
  /** Where there are several servers: the address of the one that has read it. */
  server?: string | undefined;
}

/**
 * The contract between the team and whatever writes its replies. It is the shape that every provider can fill: content in parts, replies as a
 * stream of typed parts, and a last part that says why the reply ended and what it cost. It retries nothing: whoever calls decides by the kind of the
 * error.
 */
export interface ChatModel {
  readonly name: string;
  readonly capabilities: ModelCapabilities;
  /**
   * Yields parts as they arrive; the last one is always `end`.
   * @throws ModelError, typed by what to do about it. A stream that breaks throws; the parts yielded before it stay valid.
   */
  stream(request: ChatRequest): AsyncIterable<ChatStreamPart>;
  /** The exact number of prompt tokens of these messages, or undefined where the server cannot count. @throws the signal's reason. */
  countTokens(messages: ChatMessage[], options?: CountOptions): Promise<number | undefined>;
  /** How much of these messages this model has read already and still holds, in characters; absent where that is not known. */
  held?(messages: readonly ChatMessage[]): number;
  /**
   * Has the server read messages before the requests that begin with them; for several branches only where it can copy what it holds. Never fails: what
   * could not be prepared is read by the requests themselves. Absent where it would do nothing.
   */
  prepare?(options: PrepareOptions): Promise<Prepared>;
}
