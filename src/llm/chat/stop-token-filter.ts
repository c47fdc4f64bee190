import { alsoMarkup, nextTurns, ownTurns, stopTokens } from '../dialects/stop-tokens.ts';
import { halfWord, longestOf } from './half-word.ts';

/** How much blank space after a token may pass while waiting for the end of the reply. */
const mostBlank = 200;

/**
 * Removes the tokens that end a reply from its text, if a server leaves them in: after a closing fence, on a line of their own, and at the end of the reply.
 * Anywhere else they are words, such as those of a program that handles them. Pieces are held back only while they may be such a token.
 */
export class StopTokenFilter {
  readonly #tokens: readonly string[];
  readonly #longest: number;
  readonly #any: RegExp;
  readonly #first: RegExp;
  /** Possible tokens, with the blank space around them. */
  #held = '';
  /** The newest line that was passed on; if it is long, its beginning. */
  #line = '';
  #state: 'in_reply' | 'over' = 'in_reply';

  /** `further`: more texts that count as such a token. */
  constructor(further: readonly string[] = []) {
    const { tokens, longest, any, first } = patternsFor(further);
    this.#tokens = tokens;
    this.#longest = longest;
    this.#any = any;
    this.#first = first;
  }

  /** `over`: the model has continued with the next turn. From there on nothing belongs to the reply. */
  get state(): 'in_reply' | 'over' {
    return this.#state;
  }

  /** @returns what is certainly text. */
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
      // What follows decides: perhaps nothing, or a second token.
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

  /** At the end of the reply: what was held back and is not a token. */
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

  /** Whether a token is at a place where a reply has no word. */
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

interface Patterns {
  tokens: readonly string[];
  longest: number;
  any: RegExp;
  first: RegExp;
}

const known = new Map<string, Patterns>();

/** There are a handful of closings, and each reply begins two filters. */
function patternsFor(further: readonly string[]): Patterns {
  const key = further.join('\n');
  const found = known.get(key);
  if (found !== undefined) return found;
  const tokens = [...stopTokens, ...nextTurns, ...ownTurns, ...further];
  const either = tokens.map((token) => token.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('|');
  const patterns = { tokens, longest: longestOf(tokens), any: new RegExp(either), first: new RegExp(`^(?:${either})`) };
  known.set(key, patterns);
  return patterns;
}
