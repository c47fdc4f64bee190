import type { ContentPart } from '../events/content-part.ts';
import type { ModelPrices } from '../events/model-prices.ts';
import type { Usage } from '../events/usage.ts';
import type { ToolDescription } from './tool-description.ts';

/** One message of a conversation. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  /** An earlier reply contains reasoning only if the model is to see it again. The results of tool calls are in a user message. */
  content: ContentPart[];
}

/** How tokens are chosen. Absent: the server's own default. */
export interface Sampling {
  temperature?: number | undefined;
  topP?: number | undefined;
  minP?: number | undefined;
  seed?: number | undefined;
  stop?: string[] | undefined;
  /** For a llama-server: how many of the likeliest tokens to choose from. */
  topK?: number | undefined;
  /** For a llama-server: how much less likely a token becomes that was used already (1: not at all). */
  repeatPenalty?: number | undefined;
  /** For a llama-server: how much less likely words become that would repeat earlier text. */
  dryMultiplier?: number | undefined;
  /** Options of the model's chat template, such as `enable_thinking`. */
  chatTemplateKwargs?: Record<string, string | number | boolean> | undefined;
}

/** One request to a model. */
export interface ChatRequest {
  /** Strictly alternating after an optional system message. If the last one is the assistant's, the reply continues it. */
  messages: ChatMessage[];
  /** The most tokens that the reply may have. Absent: as many as the server allows. */
  maxTokens?: number | undefined;
  sampling?: Sampling | undefined;
  /** The shape that the reply must have. Not every server enforces it, so the caller checks the reply. */
  format?: { name: string; schema: Record<string, unknown> } | undefined;
  /**
   * What the model may call natively. Templates put it at the beginning of the prompt, so that the server reads everything again if it changes. A server that cannot
   * offer tools fails with `model.tools_refused`. Absent: nothing.
   */
  tools?: readonly ToolDescription[] | undefined;
  /** Whose request it is, for a fair share of what may be sent. */
  owner?: string | undefined;
  /** Aborting closes the connection, which ends the generation and frees the server's slot. */
  signal?: AbortSignal | undefined;
}

/**
 * `stop`: the model ended on its own. `length`: a cap or the context cut the reply. `repetition`: it only repeated itself, and the text ends where that began.
 * `planned_length`: it reached its planned length and is not continued. A whole reply may also be `unfinished`: it was continued as often as allowed, or
 * continuing added nothing. `unreadable_call`: the server could not read a native call in it. Any other word from the server is kept as it is.
 */
export type FinishReason = 'stop' | 'length' | 'unfinished' | 'repetition' | 'planned_length' | (string & {});

/** A native call of a tool. */
export type CallPart = Extract<ContentPart, { type: 'tool_call' }>;

/** The parts of a reply as they arrive. */
export type ChatStreamPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** A call of a tool, after all text, where `tools` were offered. `arguments` are JSON if the model wrote it well. A reply that is cut off calls nothing. */
  | CallPart
  /** All text of the reply so far was reasoning: the prompt had started it, and it has ended now. */
  | { type: 'thoughts_ended' }
  /** With several servers: the address of the one that got the call. If present, it is the first part. */
  | { type: 'sent'; server: string }
  /** The call waits for others to end, because what these have set aside leaves too little of the budget. */
  | { type: 'waits_for_budget' }
  /** Before a call is sent to a model that somebody is paid for: what its tokens cost (absent: nobody knows), and the most that it may take. */
  | ({ type: 'priced' } & CallPrice)
  /** Such a call fails with what comes next. What it has taken, as far as that is known; `refused`: it was answered with an error instead of a reply. */
  | { type: 'broken_off'; usage: Usage; refused: true | undefined }
  /** The call has waited for its turn, and waits on for about this long, because of what the provider allows in each minute. */
  | { type: 'limited'; provider: string; milliseconds: number }
  /** The server had failed many times in a row, and the call waited this long for it to be healthy. */
  | { type: 'held_back'; milliseconds: number }
  /** Tokens of the prompt read so far; `cached` of them came from the cache. */
  | { type: 'prompt_progress'; processed: number; total: number; cached: number }
  | { type: 'end'; finishReason: FinishReason; usage: Usage };

/** What a call to a model that somebody is paid for can cost. */
export interface CallPrice {
  /** Whose model it is: a name in the settings. */
  place: string;
  model: string;
  /** Absent: nobody knows what it costs. */
  prices?: ModelPrices | undefined;
  /** The most tokens that its prompt can have. */
  promptTokens: number;
  /** The most that its reply may have. Absent: nothing limits it. */
  replyTokens?: number | undefined;
}

/** What a count depends on besides the messages. */
export interface CountOptions {
  /** Those of the request: they may change the prompt that the template makes. */
  chatTemplateKwargs?: Sampling['chatTemplateKwargs'];
  /** Those of the request. */
  tools?: readonly ToolDescription[] | undefined;
  signal?: AbortSignal | undefined;
}

/** What the server behind a model was found to be able to do. */
export interface ModelCapabilities {
  /** It can count a prompt's tokens exactly before the prompt is sent. */
  countsTokens: boolean;
  /** It can continue a reply whose text is the last message. */
  continuesReplies: boolean;
}

/** What to read before the requests come. */
export interface PrepareOptions {
  /** The beginning of the requests. */
  messages: readonly ChatMessage[];
  /** `beginning`: the last message continues differently in each request. `whole`: the reply comes next. */
  last: 'whole' | 'beginning';
  /** How many requests with this beginning will run at once. */
  branches: number;
  sampling?: Sampling | undefined;
  /** Aborting ends the reading. What was read by then stays read and is reported. */
  signal?: AbortSignal | undefined;
}

/** The result of reading ahead. */
export interface Prepared {
  /** What it cost. */
  usage: Usage;
  /** `kept`: each branch finds the beginning in a slot of its own. */
  copies: 'kept' | 'none';
  /** With several servers: the address of the one that has read it. */
  server?: string | undefined;
}

/**
 * The contract between the team and whatever writes its replies. Every provider can fulfil it: content in parts, replies as a stream of typed parts, and a last
 * part that says why the reply ended and what it cost. It retries nothing: the caller decides by the kind of error.
 * @example
 * const echo: ChatModel = {
 *   name: 'echo',
 *   capabilities: { countsTokens: false, continuesReplies: false },
 *   countTokens: async () => undefined,
 *   async *stream({ messages }) {
 *     yield { type: 'text', text: `You sent ${messages.length} messages.` };
 *     yield { type: 'end', finishReason: 'stop', usage: {} };
 *   },
 * };
 * for await (const part of echo.stream({ messages: [] })) if (part.type === 'text') console.log(part.text); // You sent 0 messages.
 */
export interface ChatModel {
  readonly name: string;
  readonly capabilities: ModelCapabilities;
  /**
   * Yields parts as they arrive; the last one is always `end`.
   * @throws ModelError, whose kind says what to do about it. A stream that breaks throws; the parts yielded before stay valid.
   */
  stream(request: ChatRequest): AsyncIterable<ChatStreamPart>;
  /** The exact number of prompt tokens of these messages, or undefined if the server cannot count. @throws the signal's reason. */
  countTokens(messages: ChatMessage[], options?: CountOptions): Promise<number | undefined>;
  /** About how many tokens the prompt of one call may have, whatever the context holds. Absent: no limit. */
  readonly longestPrompt?: number | undefined;
  /** How many characters of these messages this model has read and still holds. Absent if that is unknown. */
  held?(messages: readonly ChatMessage[]): number;
  /**
   * Makes the server read messages before the requests that begin with them; for several branches only if it can copy what it holds. Never fails: the requests
   * read what could not be prepared. Absent if it would do nothing.
   */
  prepare?(options: PrepareOptions): Promise<Prepared>;
}
