/** The key for listeners to all streams: no stream has this name. */
export const everything = '';

/** The listeners by key, and those to everything. */
export class Listeners {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** @returns a function that removes the listener. */
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
