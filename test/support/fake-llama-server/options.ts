import type { FaultRule } from './fault.ts';
import type { RequestRecord } from './request-record.ts';
import type { ScriptedReply } from './plan-reply.ts';

/** What the fake model answers. A string is a reply that ends by itself; what is thrown becomes an answer with status 500. */
type ReplyFunction = (request: RequestRecord) => string | ScriptedReply | Promise<string | ScriptedReply>;

export interface FakeLlamaServerOptions {
  reply?: ReplyFunction;
  /** Default 1. */
  slots?: number;
  /** Tokens of the whole context. Default 16384. */
  contextTokens?: number;
  /** `divided` (default): each slot has its share, as with an explicit `-np`. `unified`: all slots share one pool and each reports all of it. */
  pool?: 'divided' | 'unified';
  /** `yes`: slots can be saved and restored, as with `--slot-save-path`; `empty`: and hold nothing then. Default `no`, as without it. */
  savesSlots?: 'yes' | 'no' | 'empty';
  /** `cleared`: when a request begins, slots at rest lose what they hold, as with one pool on default flags. Default `kept`. */
  idleSlots?: 'kept' | 'cleared';
  /** Default `fake-model`. */
  model?: string;
  /** What `/v1/models` reports as the training length, which is not the context. Default 131072. */
  trainedContextTokens?: number;
  /** Milliseconds per generated token, or `manual`: each token waits at `server.gate`. Default 0. */
  pace?: number | 'manual';
  /** Milliseconds per token read, or `manual`: each batch waits at `server.promptGate`. Default 0. */
  promptPace?: number | 'manual';
  /** Tokens read between two progress reports. Default 2048. */
  batchTokens?: number;
  /** While `loading`, every endpoint answers 503. Default `ready`. */
  state?: 'loading' | 'ready';
  /**
   * When the assistant's message stands last: `echoed` (default) sends it back at the start of the reply, `continued` sends only what is new,
   * `refused` answers 400 as with thinking on.
   */
  prefill?: 'echoed' | 'continued' | 'refused';
  /** `refused`: a request that offers tools is answered with an error. Default `taken`. */
  tools?: 'taken' | 'refused';
  /** `no`: input_tokens and tokenize answer 404. Default `yes`. */
  countsTokens?: 'yes' | 'no';
  /** Further paths, without `/v1`, that answer 404: with `/props`, `/slots` and `/health` the server is any OpenAI-compatible one. */
  missingPaths?: readonly string[];
  /** What further GET paths, without `/v1`, answer in JSON; they stand above the server's own, so that it looks like another one. */
  answers?: Readonly<Record<string, unknown>>;
  faults?: readonly FaultRule[];
}

export type ResolvedOptions = Required<FakeLlamaServerOptions>;

export function resolveOptions(options: FakeLlamaServerOptions): ResolvedOptions {
  return {
    reply: () => 'Done.',
    slots: 1,
    contextTokens: 16_384,
    pool: 'divided',
    savesSlots: 'no',
    idleSlots: 'kept',
    model: 'fake-model',
    trainedContextTokens: 131_072,
    pace: 0,
    promptPace: 0,
    batchTokens: 2048,
    state: 'ready',
    prefill: 'echoed',
    tools: 'taken',
    countsTokens: 'yes',
    missingPaths: [],
    answers: {},
    faults: [],
    ...options,
  };
}
