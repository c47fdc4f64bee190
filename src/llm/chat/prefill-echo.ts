/**
 * Some servers send a prefilled reply back as the beginning of the continued one, others send only what is new. This removes the echo: pieces go in as they
 * arrive, and only new text comes out. Pieces are held back only while they could still be the echo.
 */
export class PrefillEcho {
  readonly #prefill: string;
  #held = '';
  #state: 'matching' | 'passing';

  constructor(prefill: string) {
    this.#prefill = prefill;
    this.#state = prefill === '' ? 'passing' : 'matching';
  }

  /** @returns the new text in this piece, often empty while the echo arrives. */
  pass(piece: string): string {
    if (this.#state === 'passing') return piece;
    // Only the piece is compared: the held text is the beginning of the prefill.
    const left = this.#prefill.length - this.#held.length;
    const goesOn = this.#prefill.startsWith(piece.slice(0, left), this.#held.length);
    this.#held += piece;
    if (goesOn && piece.length < left) return '';
    this.#state = 'passing';
    return goesOn ? piece.slice(left) : this.#held;
  }

  /** At the end of the stream: what was held back and was not a whole echo. */
  end(): string {
    return this.#state === 'matching' ? this.#held : '';
  }
}
