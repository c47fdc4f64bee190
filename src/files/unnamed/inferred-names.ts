import type { FencedBlock } from '../fenced-block.ts';
import { inferName, namesInTurn } from './inferred-name.ts';
import { collisionKey } from '../disk/path-policy.ts';

/** Assigns names within one reply, each once. */
export class InferredNames {
  readonly #taken: Set<string>;
  /** Where the search for a free name continues, by the name that it began with, so that the cost is linear in the number of blocks. */
  readonly #names = new Map<string, Generator<string, never, undefined>>();
  readonly #contents = new Map<string, Set<string>>();

  /** @param named The content of each file that the reply names. */
  constructor(named: ReadonlyMap<string, string>) {
    this.#taken = new Set([...named.keys()].map(collisionKey));
    for (const [path, content] of named) this.#contents.set(path, new Set([content]));
  }

  /** @returns undefined if the block is not a file, or is the same file again. */
  nameFor(block: FencedBlock): string | undefined {
    if (block.delimiter !== 'fence') return undefined;
    const name = inferName(block);
    if (name === undefined) return undefined;
    const beginning = name.first ?? name.numbered(1);
    const contents = this.#contents.get(beginning) ?? new Set();
    if (contents.has(block.content)) return undefined;
    this.#contents.set(beginning, contents.add(block.content));
    const names = this.#names.get(beginning) ?? namesInTurn(name);
    this.#names.set(beginning, names);
    for (;;) {
      const path = names.next().value;
      if (this.#taken.has(collisionKey(path))) continue;
      this.#taken.add(collisionKey(path));
      return path;
    }
  }
}
