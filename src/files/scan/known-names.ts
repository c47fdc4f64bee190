import type { FileName } from '../file-format.ts';
import type { FenceOpening } from '../fenced-block.ts';

const kept = 4;

/** Remembers the last answers: several readings ask the same about one line, and replies that repeat themselves about every line. */
export class KnownNames {
  readonly #nameOf: (opening: FenceOpening) => FileName | undefined;
  readonly #known: { opening: FenceOpening; name: FileName | undefined }[] = [];
  #next = 0;

  constructor(nameOf: (opening: FenceOpening) => FileName | undefined) {
    this.#nameOf = nameOf;
  }

  nameOf(opening: FenceOpening): FileName | undefined {
    for (const known of this.#known) if (isSame(known.opening, opening)) return known.name;
    const name = this.#nameOf(opening);
    this.#known[this.#next] = { opening, name };
    this.#next = (this.#next + 1) % kept;
    return name;
  }
}

function isSame(one: FenceOpening, other: FenceOpening): boolean {
  return (
    one.info === other.info &&
    one.delimiter === other.delimiter &&
    one.leading.length === other.leading.length &&
    one.leading.every((line, index) => line === other.leading[index])
  );
}
