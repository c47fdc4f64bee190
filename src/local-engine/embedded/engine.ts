import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { ChatCompletionRequest, TemplateMessage } from './chat-request.ts';
import type { ChatTemplate } from './chat-template.ts';
import { generateReply, type ReplyEvent } from './generate-reply.ts';
import { buildPrompt, type Prompt, type Vocabulary } from './prompt.ts';
import { ServerError } from './server-error.ts';
import { type Slot, SlotPool } from './slot-pool.ts';

export interface EngineOptions {
  model: LlamaModel;
  /** It has one sequence for each slot. */
  context: LlamaContext;
  template: ChatTemplate;
  vocabulary: Vocabulary<Token>;
  modelName: string;
  buildInfo: string;
}

/** What a slot is doing, for `/slots`. Numbers are tokens. */
export interface SlotActivity {
  promptTokens: number;
  processedTokens: number;
  cachedTokens: number;
  replyTokens: number;
}

/** One sequence of the context. */
class SequenceSlot implements Slot {
  readonly id: number;
  readonly sequence: LlamaContextSequence;
  activity: SlotActivity | undefined;

  constructor(id: number, sequence: LlamaContextSequence) {
    this.id = id;
    this.sequence = sequence;
  }

  get tokens(): readonly Token[] {
    return this.sequence.contextTokens;
  }
}

/** llama-server's own defaults, if the model file has none. */
const samplingDefaults = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 };

/** A loaded model with its slots. */
export class Engine {
  readonly modelName: string;
  readonly buildInfo: string;
  readonly template: ChatTemplate;
  readonly model: LlamaModel;
  readonly vocabulary: Vocabulary<Token>;
  /** Tokens that one slot holds. */
  readonly contextTokens: number;
  readonly defaults: typeof samplingDefaults;
  readonly #slots: SequenceSlot[];
  readonly #pool: SlotPool<SequenceSlot>;

  constructor({ model, context, template, vocabulary, modelName, buildInfo }: EngineOptions) {
    this.model = model;
    this.template = template;
    this.vocabulary = vocabulary;
    this.modelName = modelName;
    this.buildInfo = buildInfo;
    this.contextTokens = context.contextSize;
    this.defaults = defaultsOf(model);
    this.#slots = Array.from({ length: context.totalSequences }, (_, id) => new SequenceSlot(id, context.getSequence()));
    this.#pool = new SlotPool(this.#slots);
  }

  get slots(): readonly { id: number; activity: SlotActivity | undefined }[] {
    return this.#slots.map(({ id, activity }) => ({ id, activity: activity === undefined ? undefined : { ...activity } }));
  }

  /** @throws ServerError (400) if the template refuses the messages. */
  prompt(messages: TemplateMessage[], templateVariables: Record<string, unknown>): Prompt<Token> {
    return buildPrompt({ messages, templateVariables, template: this.template, vocabulary: this.vocabulary });
  }

  /** @throws ServerError (400, `exceed_context_size_error`) if the prompt leaves no token for the reply. */
  checkFits(prompt: Prompt): void {
    if (prompt.tokens.length < this.contextTokens) return;
    throw new ServerError({
      status: 400,
      type: 'exceed_context_size_error',
      message: `request (${prompt.tokens.length} tokens) exceeds the available context size (${this.contextTokens} tokens), try increasing it`,
      details: { n_prompt_tokens: prompt.tokens.length, n_ctx: this.contextTokens },
    });
  }

  /**
   * Waits for a slot and yields the reply. The slot is free again when the generator ends, for whatever reason.
   * @throws the signal's reason if it is aborted.
   */
  async *reply(prompt: Prompt<Token>, request: ChatCompletionRequest, signal: AbortSignal): AsyncGenerator<ReplyEvent, void, undefined> {
    const slot = await this.#pool.acquire(prompt.tokens, signal);
    const activity: SlotActivity = { promptTokens: prompt.tokens.length, processedTokens: 0, cachedTokens: 0, replyTokens: 0 };
    slot.activity = activity;
    try {
      const events = generateReply({
        sequence: slot.sequence,
        tokens: prompt.tokens,
        maxTokens: request.maxTokens,
        sampling: {
          temperature: request.sampling.temperature ?? this.defaults.temperature,
          topK: request.sampling.topK ?? this.defaults.topK,
          topP: request.sampling.topP ?? this.defaults.topP,
          minP: request.sampling.minP ?? this.defaults.minP,
          seed: request.sampling.seed,
        },
        stop: request.stop,
        cache: request.cachePrompt ? 'keep' : 'clear',
        signal,
      });
      for await (const event of events) {
        if (event.type === 'progress') {
          activity.processedTokens = event.processed - event.cached;
          activity.cachedTokens = event.cached;
        } else {
          activity.replyTokens += 1;
        }
        yield event;
      }
    } catch (error) {
      // After a failure of the library the content of the sequence is unknown. After a cancelled request it is well defined.
      if (!signal.aborted) await slot.sequence.clearHistory().catch(() => undefined);
      throw error;
    } finally {
      slot.activity = undefined;
      this.#pool.release(slot);
    }
  }
}

/** Some model files recommend a sampling, as `general.sampling.*`. */
function defaultsOf(model: LlamaModel): typeof samplingDefaults {
  const general = model.fileInfo.metadata.general as unknown as { sampling?: Record<string, unknown> };
  const own = (name: string, fallback: number) => {
    const value = general.sampling?.[name];
    return typeof value === 'number' ? value : fallback;
  };
  return {
    temperature: own('temp', samplingDefaults.temperature),
    topK: own('top_k', samplingDefaults.topK),
    topP: own('top_p', samplingDefaults.topP),
    minP: own('min_p', samplingDefaults.minP),
  };
}
