/**
 * A reply whose beginning ends with white space is continued without it, since the protocol refuses that. What is written then may begin with the same white space. This removes as
 * much of it as the text has already: pieces go in as they arrive, and what comes out continues the text.
 */
export class WhiteSpaceJoint {
  #left: string;

  /** @param begun The beginning of the reply, as it stands. */
  constructor(begun: string) {
    this.#left = begun.slice(begun.trimEnd().length);
  }

  pass(piece: string): string {
    let same = 0;
    while (same < piece.length && same < this.#left.length && piece[same] === this.#left[same]) same += 1;
    // Whatever differs ends it.
    this.#left = same === piece.length ? this.#left.slice(same) : '';
    return piece.slice(same);
  }
}
