/** A slot works on one request at a time and remembers what it has read. */
export interface Slot {
  readonly id: number;
  /** What the slot's state holds, in order. */
  readonly tokens: readonly number[];
}

/** A shared beginning counts only if it is at least this part of the request, as in llama-server. A conversation is not discarded for a few words of a template. */
const worthKeeping = 0.1;

interface Waiter<S> {
  tokens: readonly number[];
  grant: (slot: S) => void;
}

/**
 * Hands out slots. If none is free, requests wait in the order in which they came. Of several free slots, the request gets the one that shares the longest
 * beginning with it; among equals, and if no slot shares enough, the one that was used longest ago.
 */
export class SlotPool<S extends Slot> {
  /** Least recently used first. */
  readonly #free: S[];
  readonly #waiting: Waiter<S>[] = [];

  constructor(slots: readonly S[]) {
    this.#free = [...slots];
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * The caller owns the slot until it calls `release`.
   * @throws the signal's reason if it is aborted while waiting; the request then leaves the queue.
   */
  acquire(tokens: readonly number[], signal?: AbortSignal): Promise<S> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal?.reason as Error);
      };
      const waiter: Waiter<S> = {
        tokens,
        grant: (slot) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(slot);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
      this.#serve();
    });
  }

  release(slot: S): void {
    this.#free.push(slot);
    this.#serve();
  }

  #serve(): void {
    while (this.#free.length > 0) {
      const waiter = this.#waiting.shift();
      if (waiter === undefined) return;
      waiter.grant(this.#takeBest(waiter.tokens));
    }
  }

  #takeBest(tokens: readonly number[]): S {
    let best = 0;
    let longest = tokens.length * worthKeeping;
    for (const [index, slot] of this.#free.entries()) {
      const length = commonPrefixLength(slot.tokens, tokens);
      if (length > longest) {
        longest = length;
        best = index;
      }
    }
    return this.#free.splice(best, 1)[0] as S;
  }
}

export function commonPrefixLength(a: readonly number[], b: readonly number[]): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length += 1;
  return length;
}
