/** Looks in a text for a growing pattern, in time linear in both together (Knuth, Morris and Pratt), however small the pieces are. */
export class GrowingPattern {
  readonly #text: string;
  readonly #pattern: number[] = [];
  /** For each beginning of the pattern, the length of the longest shorter beginning that it ends with. */
  readonly #borders: number[] = [];
  /** How far the text has been searched, and how much of the pattern's beginning is right before that place. */
  #place = 0;
  #matched = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Adds to the pattern. @returns whether the text contains all of it. */
  grow(piece: string): boolean {
    for (let at = 0; at < piece.length; at += 1) this.#append(piece.charCodeAt(at));
    while (this.#matched < this.#pattern.length && this.#place < this.#text.length) this.#step();
    return this.#matched === this.#pattern.length;
  }

  /** The length of the longest beginning of the pattern that the text ends with. The pattern cannot grow after this call. */
  overlap(): number {
    while (this.#place < this.#text.length) this.#step();
    return this.#matched;
  }

  #append(character: number): void {
    let border = this.#borders.at(-1) ?? 0;
    while (border > 0 && this.#pattern[border] !== character) border = this.#borders[border - 1] ?? 0;
    if (this.#pattern[border] === character) border += 1;
    this.#borders.push(border);
    this.#pattern.push(character);
  }

  #step(): void {
    if (this.#text.charCodeAt(this.#place) === this.#pattern[this.#matched]) {
      this.#place += 1;
      this.#matched += 1;
    } else if (this.#matched > 0) this.#matched = this.#borders[this.#matched - 1] ?? 0;
    else this.#place += 1;
  }
}

/** Shorter repetitions are ordinary text: an indentation, a closing brace, an `end`. */
const fewestVisibleCharacters = 4;

/**
 * How much of the beginning of `piece` repeats the end of `text`: the most characters that are both, or 0 if these are so few that they may be a coincidence.
 */
export function overlapLength(text: string, piece: string): number {
  const pattern = new GrowingPattern(text.slice(-piece.length));
  pattern.grow(piece);
  const length = pattern.overlap();
  return piece.slice(0, length).replaceAll(/\s/g, '').length < fewestVisibleCharacters ? 0 : length;
}
