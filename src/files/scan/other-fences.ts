import { endOfLine, startOfFenceLine } from './text-positions.ts';

type Character = '`' | '~';

/** What a line that closes a block in an odd way contains: the other character, or one mark too few. */
const marksOf: Readonly<Record<Character, readonly string[]>> = { '`': ['~~~', '``'], '~': ['```'] };
const line: Readonly<Record<Character, RegExp>> = { '`': /^ {0,3}(?:~{3,}|``)[ \t]*$/, '~': /^ {0,3}`{3,}[ \t]*$/ };

/** Finds such lines in pieces of text. Each text is searched once, however often it is asked. */
export class OtherFences {
  #piece = '';
  #base = -1;
  #character: Character = '`';
  /** The next position of each mark; -1: there is none, -2: not searched yet. */
  readonly #found = [-2, -2];

  /** The start of the next such line at or after a position of a piece, which begins a line; -1 if there is none. `base`: the position of the piece. */
  next(piece: string, base: number, from: number, character: Character): number {
    if (base !== this.#base || character !== this.#character) {
      this.#piece = piece;
      this.#base = base;
      this.#character = character;
      this.#found.fill(-2);
    }
    let nearest = -1;
    for (let index = 0; index < marksOf[character].length; index += 1) {
      const at = this.#nextOf(index, from);
      if (at !== -1 && (nearest === -1 || at < nearest)) nearest = at;
    }
    return nearest;
  }

  #nextOf(index: number, from: number): number {
    const piece = this.#piece;
    const mark = marksOf[this.#character][index]!;
    let found = this.#found[index]!;
    if (found === -2 || (found !== -1 && found < from)) found = piece.indexOf(mark, from);
    let start: number | undefined;
    while (found !== -1) {
      start = mark === '``' && piece[found + 2] === '`' ? undefined : startOfFenceLine(piece, found, from);
      if (start !== undefined && line[this.#character].test(piece.slice(start, endOfLine(piece, found)))) break;
      let next = found + mark.length;
      while (piece[next] === mark[0]) next += 1;
      found = piece.indexOf(mark, next);
    }
    this.#found[index] = found;
    return found === -1 ? -1 : start!;
  }
}
