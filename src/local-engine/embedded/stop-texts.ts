/** A piece of the reply that may be shown, and whether a stop text ended the reply after it. */
export type StopResult = { type: 'text'; text: string } | { type: 'stopped'; text: string };

/**
 * Cuts a reply at the first stop text, however the reply is divided into pieces. Text that could be the beginning of a stop text is held back until
 * that is certain. The first stop text is the one that is complete first; it is never shown.
 */
export class StopTexts {
  readonly #stops: readonly string[];
  #held = '';

  /** @param stops None of them may be empty. */
  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  push(piece: string): StopResult {
    const text = this.#held + piece;
    const cut = this.#firstStop(text);
    if (cut !== undefined) {
      this.#held = '';
      return { type: 'stopped', text: text.slice(0, cut) };
    }
    const safe = text.length - this.#unsettledLength(text);
    this.#held = text.slice(safe);
    return { type: 'text', text: text.slice(0, safe) };
  }

  /** The text that is still held back when the reply is over. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #firstStop(text: string): number | undefined {
    let best: { start: number; end: number } | undefined;
    for (const stop of this.#stops) {
      const start = text.indexOf(stop);
      if (start < 0) continue;
      const end = start + stop.length;
      if (best === undefined || end < best.end || (end === best.end && start < best.start)) best = { start, end };
    }
    return best?.start;
  }

  #unsettledLength(text: string): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length -= 1) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
