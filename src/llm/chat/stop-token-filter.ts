import { alsoMarkup, nextTurns, ownTurns, stopTokens } from '../dialects/stop-tokens.ts';
import { halfWord, longestOf } from './half-word.ts';

/** Blank space behind a token that is waited through for the end of the reply. */
const mostBlank = 200;

/**
 * Takes the tokens that end a reply out of its text, where a server leaves them in: behind a closing fence, on a line of their own, and at the end of the
 * reply. Anywhere else they are words, such as those of a program that handles them. Pieces are held back only as long as they may be such a token.
 */
export class StopTokenFilter {
  readonly #tokens: readonly string[];
  readonly #longest: number;
  readonly #any: RegExp;
  readonly #first: RegExp;
  /** What may be tokens, with the blank space around them. */
  #held = '';
  /** The newest line of what was handed on; of a long one its beginning. */
  #line = '';
  #state: 'in_reply' | 'over' = 'in_reply';

  /** `further`: what is taken for such a token, too. */
  constructor(further: readonly string[] = []) {
    this.#tokens = [...stopTokens, ...nextTurns, ...ownTurns, ...further];
    this.#longest = longestOf(this.#tokens);
    const either = this.#tokens.map((token) => token.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('|');
    this.#any = new RegExp(either);
    this.#first = new RegExp(`^(?:${either})`);
  }

  /** `over`: the model has gone on with the next turn. What comes from there on is no part of the reply. */
  get state(): 'in_reply' | 'over' {
    return this.#state;
  }

  /** @returns what is text for certain. */
  pass(piece: string): string {
    if (this.#state === 'over') return '';
    this.#held += piece;
    let text = '';
    for (;;) {
      const found = this.#any.exec(this.#held);
      if (found === null) return text + this.#release(this.#held.length - halfWord(this.#held, this.#tokens, this.#longest));
      text += this.#release(found.index);
      const [token] = found;
      const after = this.#held.slice(token.length);
      // What follows decides: perhaps nothing does, or a second token.
      if (after.trim() === '' && after.length < mostBlank) return text;
      const next = after.trimStart();
      if (next.length < this.#longest && halfWord(next, this.#tokens, this.#longest) === next.length) return text;
      if (this.#isLeft(token, after) && nextTurns.includes(token)) {
        this.#state = 'over';
        this.#held = '';
        return text;
      }
      if (this.#isLeft(token, after)) this.#held = after;
      else text += this.#release(token.length);
    }
  }

  /** At the end of the reply: what was held back and is no token. */
  end(): string {
    let text = this.#held;
    this.#held = '';
    for (let found = this.#any.exec(text); found !== null; found = this.#any.exec(text)) {
      if (text.slice(found.index + found[0].length).trim() !== '' && !this.#isAtStart(text.slice(found.index + found[0].length))) break;
      text = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    }
    return text;
  }

  #isAtStart(text: string): boolean {
    return this.#first.test(text.trimStart());
  }

  /** Whether a token stands where no word of a reply stands. */
  #isLeft(token: string, after: string): boolean {
    const ends = /^[ \t]*(?:\r?\n|$)/.test(after) || this.#isAtStart(after);
    if (!ends) return false;
    return /^ {0,3}(?:`{3,}|~{3,})[ \t]*$/.test(this.#line) || (this.#line.trim() === '' && !alsoMarkup.has(token));
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    const lineBreak = text.lastIndexOf('\n');
    this.#line = (lineBreak === -1 ? this.#line + text : text.slice(lineBreak + 1)).slice(0, 100);
    return text;
  }
}
