/**
 * Some servers send a prefilled reply back as the beginning of the continued one, others send only what is new. This takes the echo out: pieces go
 * in as they arrive, and what comes out is new text only. Pieces are held back no longer than they could still be the echo.
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
    this.#held += piece;
    if (this.#held.length < this.#prefill.length && this.#prefill.startsWith(this.#held)) return '';
    this.#state = 'passing';
    return this.#held.startsWith(this.#prefill) ? this.#held.slice(this.#prefill.length) : this.#held;
  }

  /** At the end of the stream: what was held back and was no whole echo. */
  end(): string {
    return this.#state === 'matching' ? this.#held : '';
  }
}
