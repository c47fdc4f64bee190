interface Waiter {
  pass: () => void;
}

/**
 * Something that others wait at until a test lets them through, so that no test has to sleep. Whoever waits is let through in order of arrival.
 */
export class Gate {
  #permits: number;
  readonly #waiters: Waiter[] = [];
  #watchers: { count: number; resolve: () => void }[] = [];

  constructor(state: 'open' | 'closed') {
    this.#permits = state === 'open' ? Number.POSITIVE_INFINITY : 0;
  }

  /** Lets everyone through from now on. */
  open(): void {
    this.#permits = Number.POSITIVE_INFINITY;
    this.#letThrough();
  }

  /** Lets no one through from now on; also takes back what `release` gave and nobody used. */
  close(): void {
    this.#permits = 0;
  }

  /** Lets this many more through: those who wait first, then those who come. */
  release(count = 1): void {
    this.#permits += count;
    this.#letThrough();
  }

  /** Resolves when the gate lets the caller through; rejects with the signal's reason when that is aborted first. */
  async pass(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#permits > 0) {
      this.#permits -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        pass: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.push(waiter);
      this.#tellWatchers();
    });
  }

  /** Resolves as soon as at least `count` callers wait at the closed gate. */
  async waiting(count = 1): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#watchers.push({ count, resolve });
      this.#tellWatchers();
    });
  }

  #letThrough(): void {
    while (this.#permits > 0) {
      const waiter = this.#waiters.shift();
      if (waiter === undefined) return;
      this.#permits -= 1;
      waiter.pass();
    }
  }

  #tellWatchers(): void {
    this.#watchers = this.#watchers.filter(({ count, resolve }) => {
      if (this.#waiters.length < count) return true;
      resolve();
      return false;
    });
  }
}
