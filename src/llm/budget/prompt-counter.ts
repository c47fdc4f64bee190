import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { ChatMessage, CountOptions } from '../chat-model.ts';
import { toolParams } from '../chat/chat-completion-body.ts';
import { classifyModelError } from '../chat/classify-model-error.ts';
import { boundedText } from '../server/bounded-text.ts';
import { serverRoot } from '../server/model-server.ts';
import { parseJson, valueAt } from '../../utils/parse-json.ts';

export interface PromptCounterOptions {
  /** As `fetch`, with what the server wants to know of who asks. @throws AnsweredError where the answer is none. */
  send: (url: string, init: RequestInit) => Promise<Response>;
  model: string;
  /** With `/v1`. */
  address: string;
  /** Turns messages into the form that the server accepts. */
  wire: (messages: readonly ChatMessage[]) => ChatCompletionMessageParam[];
}

export interface CountedPrompt extends CountOptions {
  messages: ChatMessage[];
  signal: AbortSignal;
}

/** Counts with the server's own tokenizer. It finds out once which way of counting the server has. */
export class PromptCounter {
  readonly #options: PromptCounterOptions;
  #way: 'input_tokens' | 'template' | 'none' = 'input_tokens';

  constructor(options: PromptCounterOptions) {
    this.#options = options;
  }

  /** @returns undefined if the server cannot count or does not answer. @throws ModelError; the signal's reason. */
  async count(prompt: CountedPrompt): Promise<number | undefined> {
    for (;;) {
      if (this.#way === 'none') return undefined;
      try {
        return await (this.#way === 'input_tokens' ? this.#inputTokens(prompt) : this.#templateTokens(prompt));
      } catch (error) {
        const { kind, code } = classifyModelError(error, this.#options.address);
        // The call that follows reports a lost server, or a refused prompt, better.
        if (code !== 'model.not_found') {
          if (kind === 'configuration' || kind === 'transient') return undefined;
          throw classifyModelError(error, this.#options.address);
        }
        this.#way = this.#way === 'input_tokens' ? 'template' : 'none';
      }
    }
  }

  async #inputTokens({ signal, ...prompt }: CountedPrompt): Promise<number | undefined> {
    const { model } = this.#options;
    const url = `${this.#options.address}/chat/completions/input_tokens`;
    const answer = await this.#post(url, { model, ...this.#bodyOf(prompt) }, signal);
    return tokenCount(valueAt(answer, ['input_tokens']));
  }

  /** Older llama-servers count in two steps. */
  async #templateTokens({ signal, ...prompt }: CountedPrompt): Promise<number | undefined> {
    const root = serverRoot(this.#options.address);
    const rendered = valueAt(await this.#post(`${root}/apply-template`, this.#bodyOf(prompt), signal), ['prompt']);
    if (typeof rendered !== 'string') return undefined;
    const answer = await this.#post(`${root}/tokenize`, { content: rendered, add_special: true, parse_special: true }, signal);
    const tokens = valueAt(answer, ['tokens']);
    return Array.isArray(tokens) ? tokens.length : undefined;
  }

  async #post(url: string, body: object, signal: AbortSignal): Promise<unknown> {
    const response = await this.#options.send(url, { method: 'POST', body: JSON.stringify(body), signal });
    return parseJson(await boundedText(response));
  }

  #bodyOf({ messages, chatTemplateKwargs, tools = [] }: Omit<CountedPrompt, 'signal'>): Record<string, unknown> {
    const body = { messages: this.#options.wire(messages), ...(tools.length === 0 ? {} : { tools: toolParams(tools) }) };
    return chatTemplateKwargs === undefined ? body : { ...body, chat_template_kwargs: chatTemplateKwargs };
  }
}

function tokenCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
