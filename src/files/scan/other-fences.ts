/** Lines by which a block is closed oddly: the other character, or one mark too few. */
const others: Readonly<Record<'`' | '~', RegExp>> = {
  '`': /^ {0,3}(?:~{3,}|``)[ \t]*$/gm,
  '~': /^ {0,3}`{3,}[ \t]*$/gm,
};

/** Finds such lines in pieces of text, each text once however often it is asked. */
export class OtherFences {
  #piece = '';
  #character: '`' | '~' = '`';
  #from = 0;
  #next = -1;

  /** The start of the next such line at or behind a position, which begins a line; -1 where there is none. */
  next(piece: string, from: number, character: '`' | '~'): number {
    const isKnown =
      piece === this.#piece && character === this.#character && from >= this.#from && (this.#next === -1 || from <= this.#next);
    if (isKnown) return this.#next;
    this.#piece = piece;
    this.#character = character;
    this.#from = from;
    this.#next = mayHold(piece, from, character) ? search(piece, from, character) : -1;
    return this.#next;
  }
}

/** Quicker than the search for lines, and nearly always enough. */
function mayHold(piece: string, from: number, character: '`' | '~'): boolean {
  return character === '~'
    ? piece.includes('```', from)
    : piece.includes('~~~', from) || piece.includes('\n``\n', from) || piece.startsWith('``\n', from);
}

function search(piece: string, from: number, character: '`' | '~'): number {
  const pattern = others[character];
  pattern.lastIndex = from;
  return pattern.exec(piece)?.index ?? -1;
}
