import type { OpenAI } from 'openai';
import { toMessageParam } from '../chat/chat-completion-body.ts';
import type { ChatMessage, CountOptions } from '../chat-model.ts';
import { classifyModelError } from '../chat/classify-model-error.ts';
import { serverRoot } from '../server/server-root.ts';

export interface PromptCounterOptions {
  client: OpenAI;
  model: string;
  /** With `/v1`. */
  address: string;
}

export interface CountedPrompt extends CountOptions {
  messages: ChatMessage[];
  signal: AbortSignal;
}

/** Counts with the server's own tokenizer. Which of its ways a server has is found out once. */
export class PromptCounter {
  readonly #options: PromptCounterOptions;
  #way: 'input_tokens' | 'template' | 'none' = 'input_tokens';

  constructor(options: PromptCounterOptions) {
    this.#options = options;
  }

  /** @returns undefined where the server cannot count, or does not answer. @throws ModelError; the signal's reason. */
  async count(prompt: CountedPrompt): Promise<number | undefined> {
    for (;;) {
      if (this.#way === 'none') return undefined;
      try {
        return await (this.#way === 'input_tokens' ? this.#inputTokens(prompt) : this.#templateTokens(prompt));
      } catch (error) {
        const { kind, code } = classifyModelError(error, this.#options.address);
        // A lost server, or a prompt that it refuses, is told better by the call that follows.
        if (code !== 'model.not_found') {
          if (kind === 'configuration' || kind === 'transient') return undefined;
          throw classifyModelError(error, this.#options.address);
        }
        this.#way = this.#way === 'input_tokens' ? 'template' : 'none';
      }
    }
  }

  async #inputTokens({ signal, ...prompt }: CountedPrompt): Promise<number | undefined> {
    const { client, model } = this.#options;
    const answer = await client.post<{ input_tokens?: unknown } | null>('/chat/completions/input_tokens', {
      body: { model, ...bodyOf(prompt) },
      signal,
    });
    return typeof answer?.input_tokens === 'number' ? answer.input_tokens : undefined;
  }

  /** Older llama-servers tell in two steps. */
  async #templateTokens({ signal, ...prompt }: CountedPrompt): Promise<number | undefined> {
    const { client, address } = this.#options;
    const root = serverRoot(address);
    const rendered = await client.post<{ prompt?: unknown } | null>(`${root}/apply-template`, {
      body: bodyOf(prompt),
      signal,
    });
    if (typeof rendered?.prompt !== 'string') return undefined;
    const body = { content: rendered.prompt, add_special: true, parse_special: true };
    const answer = await client.post<{ tokens?: unknown } | null>(`${root}/tokenize`, { body, signal });
    return Array.isArray(answer?.tokens) ? answer.tokens.length : undefined;
  }
}

function bodyOf({ messages, chatTemplateKwargs }: Omit<CountedPrompt, 'signal'>): Record<string, unknown> {
  const body = { messages: messages.map(toMessageParam) };
  return chatTemplateKwargs === undefined ? body : { ...body, chat_template_kwargs: chatTemplateKwargs };
}
