/** Room for token ids within the exact integers: 2^22 ids, 2^31 nodes. */
const IDS = 2 ** 22;

/** Every sequence of tokens that any slot has ever held, as a trie in one map. A node is a number; 0 is the empty sequence. */
export class PrefixSet {
  readonly #children = new Map<number, number>();

  /** The node that follows `node` by this token, and whether it was there before. */
  step(node: number, token: number): { node: number; isNew: boolean } {
    const key = node * IDS + token;
    const known = this.#children.get(key);
    if (known !== undefined) return { node: known, isNew: false };
    const added = this.#children.size + 1;
    this.#children.set(key, added);
    return { node: added, isNew: true };
  }
}
