/** What a decoder returns for bytes that are not (yet) a character. */
const replacement = '\uFFFD';
/** How many earlier tokens the decoder needs to decide about spaces between words. */
const lookBack = 8;

export interface TokenTextOptions<Token extends number> {
  /** The text of `tokens` after those in `before`; bytes that are not a whole character become U+FFFD. */
  detokenize: (tokens: readonly Token[], before: readonly Token[]) => string;
  /** The end of the prompt. */
  before: readonly Token[];
}

/**
 * Turns tokens into text as they come. A token may hold part of a character. Such bytes wait until the character is whole, so no piece ever ends in
 * the middle of a character and none is lost. Bytes that never become a character come out as U+FFFD.
 */
export class TokenText<Token extends number> {
  readonly #detokenize: TokenTextOptions<Token>['detokenize'];
  #before: readonly Token[];
  #pending: Token[] = [];
  /** How much of the pending tokens' text was already returned. */
  #given = 0;

  constructor({ detokenize, before }: TokenTextOptions<Token>) {
    this.#detokenize = detokenize;
    this.#before = before.slice(-lookBack);
  }

  push(token: Token): string {
    this.#pending.push(token);
    const text = this.#detokenize(this.#pending, this.#before);
    // An unfinished character is always exactly the last U+FFFD; the text before it cannot change any more.
    const end = text.endsWith(replacement) ? text.length - 1 : text.length;
    const fresh = text.slice(this.#given, end);
    if (end === text.length) this.#settle();
    else this.#given = Math.max(this.#given, end);
    return fresh;
  }

  /** The text that is still held back when the reply is over. */
  flush(): string {
    if (this.#pending.length === 0) return '';
    const rest = this.#detokenize(this.#pending, this.#before).slice(this.#given);
    this.#settle();
    return rest;
  }

  #settle(): void {
    this.#before = [...this.#before, ...this.#pending].slice(-lookBack);
    this.#pending = [];
    this.#given = 0;
  }
}
