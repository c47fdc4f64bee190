export interface Token {
  id: number;
  text: string;
}

const PIECES = /<\|(?:im_start|im_end|endoftext)\|>|[\p{L}\p{M}_]{1,16}|\p{N}{1,3}|[ \t]{1,16}|[^]/gu;
const FIRST_IDS = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];

/** Splits into words, runs of digits, runs of blanks and single other characters. The pieces joined again are the text, byte for byte. */
export function splitIntoPieces(text: string): string[] {
  return text.match(PIECES) ?? [];
}

/** How many tokens the fake server counts for this text. */
export function countTokens(text: string): number {
  return splitIntoPieces(text).length;
}

/** Gives each distinct piece a number, in order of first appearance; the special tokens have fixed ones. */
export class Tokenizer {
  readonly #ids = new Map<string, number>(FIRST_IDS.map((piece, id) => [piece, id]));
  /** Ends a turn, and a reply that ends by itself. */
  readonly endOfTurn: Token = { id: 2, text: '<|im_end|>' };

  tokenize(text: string): Token[] {
    return splitIntoPieces(text).map((piece) => ({ id: this.#idOf(piece), text: piece }));
  }

  #idOf(piece: string): number {
    let id = this.#ids.get(piece);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(piece, id);
    }
    return id;
  }
}
