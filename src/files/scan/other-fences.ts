import { endOfLine, startOfFenceLine } from './text-positions.ts';

/** What a line holds by which a block is closed oddly: the other character, or one mark too few. */
const marksOf: Readonly<Record<'`' | '~', readonly string[]>> = { '`': ['~~~', '``'], '~': ['```'] };
const line: Readonly<Record<'`' | '~', RegExp>> = { '`': /^ {0,3}(?:~{3,}|``)[ \t]*$/, '~': /^ {0,3}`{3,}[ \t]*$/ };

interface Search {
  /** Where the mark stands next; -1 where it does not any more. */
  found: number;
}

/** Finds such lines in pieces of text, each text once however often it is asked. */
export class OtherFences {
  #piece = '';
  #character: '`' | '~' = '`';
  #searches: Search[] = [];

  /** The start of the next such line at or behind a position, which begins a line; -1 where there is none. */
  next(piece: string, from: number, character: '`' | '~'): number {
    if (piece !== this.#piece || character !== this.#character) {
      this.#piece = piece;
      this.#character = character;
      this.#searches = marksOf[character].map(() => ({ found: -2 }));
    }
    let nearest = -1;
    for (const [index, mark] of marksOf[character].entries()) {
      const at = this.#nextOf(mark, this.#searches[index]!, from);
      if (at !== -1 && (nearest === -1 || at < nearest)) nearest = at;
    }
    return nearest;
  }

  #nextOf(mark: string, search: Search, from: number): number {
    if (search.found === -2 || (search.found !== -1 && search.found < from)) search.found = this.#piece.indexOf(mark, from);
    while (search.found !== -1) {
      const start = startOfFenceLine(this.#piece, search.found, from);
      const end = endOfLine(this.#piece, search.found);
      if (start !== undefined && line[this.#character].test(this.#piece.slice(start, end))) return start;
      search.found = this.#piece.indexOf(mark, end);
    }
    return -1;
  }
}
