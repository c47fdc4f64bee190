import { randomBytes } from 'node:crypto';
import type { TemplateMessage } from './chat-request.ts';
import type { ChatTemplate } from './chat-template.ts';

/** What building a prompt needs from a tokenizer. */
export interface Vocabulary<Token extends number = number> {
  /** `markers`: text that spells a control token becomes that token; `plain`: it stays text. Does not add a begin token. */
  tokenize(text: string, controlText: 'markers' | 'plain'): Token[];
  /** Texts of the control tokens, such as `<|im_end|>`. */
  controlTexts: readonly string[];
  /** The token that every prompt must begin with, for models that need one. */
  beginToken: Token | undefined;
}

export interface Prompt<Token extends number = number> {
  text: string;
  tokens: Token[];
  /** The text of the assistant message that the reply continues; empty for a new reply. */
  prefill: string;
}

export interface BuildPromptOptions<Token extends number> {
  messages: TemplateMessage[];
  template: ChatTemplate;
  templateVariables?: Record<string, unknown>;
  vocabulary: Vocabulary<Token>;
}

/**
 * Renders and tokenises messages. Control markers *inside* a message stay plain text, so that a quoted `<|im_end|>` can neither end a turn nor
 * impersonate another role.
 * @throws ServerError (400) if the template refuses the messages.
 */
export function buildPrompt<Token extends number>(options: BuildPromptOptions<Token>): Prompt<Token> {
  const { messages, template, templateVariables = {}, vocabulary } = options;
  const last = messages.at(-1);
  const markers = markerPattern(vocabulary.controlTexts);
  const hidden = new HiddenTexts();
  const safe = markers === undefined ? messages : messages.map((message) => hidden.hideIn(message, markers));
  const rendered = template.render(safe, templateVariables);
  const tokens =
    markers === undefined || hidden.isEmpty
      ? vocabulary.tokenize(rendered, 'markers')
      : rendered
          .split(markers)
          .filter((piece) => piece !== '')
          .flatMap((piece) =>
            vocabulary.controlTexts.includes(piece)
              ? vocabulary.tokenize(piece, 'markers')
              : vocabulary.tokenize(hidden.restore(piece), 'plain'),
          );
  if (vocabulary.beginToken !== undefined && tokens[0] !== vocabulary.beginToken) tokens.unshift(vocabulary.beginToken);
  return { text: hidden.restore(rendered), tokens, prefill: last?.role === 'assistant' ? last.content : '' };
}

/** One group around the whole pattern, so that `split` keeps the markers. Longer markers come first: `<s>` must not hide `<s>x`. */
function markerPattern(controlTexts: readonly string[]): RegExp | undefined {
  if (controlTexts.length === 0) return undefined;
  const sources = controlTexts.toSorted((a, b) => b.length - a.length).map((text) => RegExp.escape(text));
  return new RegExp(`(${sources.join('|')})`);
}

/** Replaces markers by placeholders that nobody can guess, and restores them after rendering. */
class HiddenTexts {
  readonly #key = `\uE000${randomBytes(9).toString('hex')}.`;
  readonly #texts: string[] = [];

  get isEmpty(): boolean {
    return this.#texts.length === 0;
  }

  hideIn(message: TemplateMessage, markers: RegExp): TemplateMessage {
    const content = message.content.replaceAll(new RegExp(markers, 'g'), (text) => `${this.#key}${this.#texts.push(text) - 1}\uE001`);
    return { ...message, content };
  }

  restore(text: string): string {
    if (this.isEmpty) return text;
    return text
      .split(this.#key)
      .map((piece, index) =>
        index === 0 ? piece : piece.replace(/^(\d+)\uE001/, (_, digits: string) => this.#texts[Number(digits)] ?? ''),
      )
      .join('');
  }
}
