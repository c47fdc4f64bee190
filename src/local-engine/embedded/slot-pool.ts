/** A place where one request at a time is worked on, and which remembers what it has read. */
export interface Slot {
  readonly id: number;
  /** What the slot's state holds, in order. */
  readonly tokens: readonly number[];
}

/** A shared beginning counts from this part of the request on, as in llama-server: a few words of a template are not worth a conversation. */
const worthKeeping = 0.1;

interface Waiter<S> {
  tokens: readonly number[];
  grant: (slot: S) => void;
}

/**
 * Hands out slots. Requests beyond the slots wait in the order in which they came. Of several free slots the one is taken that shares the longest
 * beginning with the request; among equals, and when no slot shares enough to matter, the one that was used longest ago.
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
   * @throws the signal's reason when aborted while waiting; the place in the line is given up.
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
