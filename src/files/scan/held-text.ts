interface Piece {
  start: number;
  text: string;
}

/**
 * The part of a long text that is still needed, in the pieces in which it came, so that nothing is copied. Positions count from the start of the whole text.
 */
export class HeldText {
  #pieces: Piece[] = [];
  #end = 0;
  /** The last cut: a block's content is examined before it comes out. */
  #cut = { from: 0, to: 0, text: '' };

  /** The current end of the text. */
  get end(): number {
    return this.#end;
  }

  push(text: string): void {
    this.#pieces.push({ start: this.#end, text });
    this.#end += text.length;
  }

  /** Releases pieces that are wholly before this position. */
  forgetBefore(position: number): void {
    const last = this.#pieces.at(-1);
    if (last === undefined) return;
    if (position >= this.#end) this.#pieces = [];
    else if (position >= last.start) this.#pieces = [last];
  }

  slice(from: number, to: number): string {
    if (from >= to) return '';
    if (from === this.#cut.from && to === this.#cut.to) return this.#cut.text;
    const parts: string[] = [];
    for (let index = this.#indexAt(from); index < this.#pieces.length; index += 1) {
      const { start, text } = this.#pieces[index]!;
      if (start >= to) break;
      parts.push(text.slice(Math.max(0, from - start), to - start));
    }
    const text = parts.length === 1 ? parts[0]! : parts.join('');
    this.#cut = { from, to, text };
    return text;
  }

  /** The last piece that begins at or before the position. */
  #indexAt(position: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces[middle]!.start <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
