/** Keys whose values are worked out when they are asked for: of the steps of a long run an expression names two or three. */
export class LazyNames {
  readonly #valueOf: (name: string) => unknown;
  readonly #known = new Map<string, unknown>();

  /** @param valueOf Undefined: there is none of this name. */
  constructor(valueOf: (name: string) => unknown) {
    this.#valueOf = valueOf;
  }

  get(name: string): unknown {
    if (!this.#known.has(name)) this.#known.set(name, this.#valueOf(name));
    return this.#known.get(name);
  }
}

/** The keys of what is not there yet: it has none, and whatever is asked for in it is null. */
export const nothingYet: Readonly<Record<string, unknown>> = Object.freeze({});
