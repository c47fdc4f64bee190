/** The key of who wants to hear of all of them: no stream is called so. */
export const everything = '';

/** Who wants to hear of what, under a key, or of everything. */
export class Listeners {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** @returns how to stop. */
  add(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }

  tell(key: string): void {
    for (const listener of [...(this.#listeners.get(key) ?? []), ...(this.#listeners.get(everything) ?? [])]) listener();
  }
}
