/** What a call may cost, in billionths of a US dollar. */
export interface Wanted {
  /** With the shortest reply that is worth asking for. */
  least: number;
  /** With as long a reply as it may have. */
  most: number;
}

/**
 * `granted`: so much is set aside for the call, which must not cost more. `wait`: other calls have set aside so much that it may fit when they have ended. `used_up`: it does
 * not fit even if they should cost nothing more.
 */
export type Answer = { type: 'granted'; id: number; amount: number } | { type: 'wait' } | { type: 'used_up'; left: number };

/**
 * What a run may spend, shared by its tasks. Before a call the most that it can cost is set aside; when it has ended, what it has cost takes that place. Where nothing else is
 * under way, a call may also have all that is left, if that is enough for a short reply. So what is spent never exceeds the budget, and no call waits for ever. Pure.
 */
export class Spending {
  readonly #budget: number;
  readonly #aside = new Map<number, number>();
  #spent: number;
  #count = 0;
  readonly #waiting = new Set<() => void>();

  /** @param budget `Infinity`: no limit. @param spent By earlier owners of the run. */
  constructor(budget: number, spent: number) {
    this.#budget = budget;
    this.#spent = spent;
  }

  /** `Infinity`: there is none. */
  get budget(): number {
    return this.#budget;
  }

  /** By calls that have ended. */
  get spent(): number {
    return this.#spent;
  }

  /** What neither is spent nor set aside. */
  get left(): number {
    return Math.max(0, this.#budget - this.#spent - [...this.#aside.values()].reduce((sum, amount) => sum + amount, 0));
  }

  /** @param wanted `most` is at least `least`. */
  ask({ least, most }: Wanted): Answer {
    const { left } = this;
    if (most <= left) return this.#grant(most);
    const atBest = this.#budget - this.#spent;
    if (least > atBest) return { type: 'used_up', left: Math.max(0, atBest) };
    return this.#aside.size > 0 ? { type: 'wait' } : this.#grant(left);
  }

  /** What a call has cost that was granted. A second time changes nothing. */
  settle(id: number, cost: number): void {
    if (!this.#aside.delete(id)) return;
    this.#spent += cost;
    for (const tell of this.#waiting) tell();
  }

  /** Resolves when the next call has ended, as seen from the moment of asking. @throws the signal's reason. */
  async settled(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    const tell = () => resolve();
    this.#waiting.add(tell);
    signal?.addEventListener('abort', tell, { once: true });
    await promise;
    this.#waiting.delete(tell);
    signal?.removeEventListener('abort', tell);
    signal?.throwIfAborted();
  }

  #grant(amount: number): Answer {
    const id = (this.#count += 1);
    this.#aside.set(id, amount);
    return { type: 'granted', id, amount };
  }
}
