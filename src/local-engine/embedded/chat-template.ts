import type { TemplateMessage } from './chat-request.ts';
import { invalidRequest } from './server-error.ts';

export type RenderTemplate = (variables: Record<string, unknown>) => string;

export interface ChatTemplateOptions {
  /** The Jinja template from the GGUF file; absent: ChatML, which is llama-server's fallback, too. */
  source: string | undefined;
  /** @throws if the template's text is not valid Jinja. */
  compile: (source: string) => RenderTemplate;
  bosToken: string;
  eosToken: string;
  /** `tokenizer`: the tokenizer adds the begin token, so the template's own is removed. */
  beginTokenFrom: 'tokenizer' | 'template';
  /** For templates that print the date. */
  now?: () => Date;
}

const chatMl =
  "{%- for message in messages -%}{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}{%- endfor -%}" +
  "{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\n' }}{%- endif -%}";

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Turns messages into the text that the model reads, byte for byte as llama-server does for plain chats. */
export class ChatTemplate {
  readonly source: string;
  readonly #options: ChatTemplateOptions;
  readonly #template: RenderTemplate;
  readonly #systemRole: 'supported' | 'merged';

  constructor(options: ChatTemplateOptions) {
    this.#options = options;
    this.source = options.source ?? chatMl;
    this.#template = options.compile(this.source);
    this.#systemRole = this.#probeSystemRole();
  }

  /**
   * The prompt up to the beginning of the reply. An assistant message at the end is not closed: the reply continues it.
   * @throws ServerError (400) with the template's own words if it refuses these messages.
   */
  render(messages: TemplateMessage[], variables: Record<string, unknown> = {}): string {
    const last = messages.at(-1);
    const prefill = last?.role === 'assistant' ? last.content : '';
    const closed = last?.role === 'assistant' ? messages.slice(0, -1) : messages;
    try {
      return this.#run(this.#systemRole === 'merged' ? mergeSystemMessage(closed) : closed, variables) + prefill;
    } catch (error) {
      throw invalidRequest(`The model's chat template refuses these messages: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #run(messages: TemplateMessage[], variables: Record<string, unknown>): string {
    const { bosToken, eosToken, beginTokenFrom, now = () => new Date() } = this.#options;
    const date = now();
    const day = String(date.getDate()).padStart(2, '0');
    const month = months[date.getMonth()];
    const text = this.#template({
      messages,
      bos_token: bosToken,
      eos_token: eosToken,
      add_generation_prompt: true,
      // Reasoning is not separated from the reply here, so models that can choose are asked to answer without it.
      enable_thinking: false,
      datetime: `${month} ${day} ${date.getFullYear()}`,
      date_string: `${day} ${month} ${date.getFullYear()}`,
      ...variables,
    });
    const double = beginTokenFrom === 'tokenizer' && bosToken !== '' && text.startsWith(bosToken);
    return double ? text.slice(bosToken.length) : text;
  }

  /** Some templates throw at a system message, others silently drop it. A trial finds both. */
  #probeSystemRole(): 'supported' | 'merged' {
    const probe = 'system-role-probe';
    try {
      const text = this.#run(
        [
          { role: 'system', content: probe },
          { role: 'user', content: 'hello' },
        ],
        {},
      );
      return text.includes(probe) ? 'supported' : 'merged';
    } catch {
      return 'merged';
    }
  }
}

function mergeSystemMessage(messages: TemplateMessage[]): TemplateMessage[] {
  const [system, next, ...others] = messages;
  if (system?.role !== 'system') return messages;
  return next === undefined ? [] : [{ ...next, content: `${system.content}\n${next.content}` }, ...others];
}
