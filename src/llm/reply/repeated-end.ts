import { GrowingPattern, overlapLength } from './growing-pattern.ts';

/**
 * A model that is asked to continue often begins with words that it has already written. This removes them: pieces go in as they arrive, and what comes out
 * continues the text. Pieces are held back as long as they occur in the text, because only then can they still be its end.
 */
export class RepeatedEnd {
  readonly #text: string;
  readonly #pattern: GrowingPattern;
  #held = '';
  #state: 'matching' | 'passing' = 'matching';

  constructor(text: string) {
    this.#text = text;
    this.#pattern = new GrowingPattern(text);
  }

  /** @returns the new text in this piece, often empty while a repetition arrives. */
  pass(piece: string): string {
    if (this.#state === 'passing') return piece;
    this.#held += piece;
    if (this.#pattern.grow(piece)) return '';
    this.#state = 'passing';
    return this.#news();
  }

  /** At the end of the stream: what was held back and was not a repetition. */
  end(): string {
    return this.#state === 'passing' ? '' : this.#news();
  }

  #news(): string {
    return this.#held.slice(overlapLength(this.#text, this.#held));
  }
}
