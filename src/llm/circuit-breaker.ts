import type { Clock } from '../utils/clock.ts';

export interface CircuitBreakerOptions {
  /** After this many transient failures in a row, calls wait for the server's health before they are sent. */
  threshold: number;
  /** How long a call waits for it at most; then it is sent all the same, to see. */
  timeoutMilliseconds: number;
  /** May reject, which means no. */
  isHealthy: (signal: AbortSignal) => Promise<boolean>;
  clock: Clock;
}

const betweenLooks = 1000;

/** Keeps calls from a server that fails one after the other: it is asked for its health until it answers. One for each server. */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #failures = 0;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
  }

  /**
   * Resolves when a call may be sent, with the milliseconds that this took; at once, with 0, where the server has not failed too often. A call that has
   * waited is a trial: one more failure, and the next one waits again.
   * @throws the signal's reason.
   */
  async ready(signal: AbortSignal = new AbortController().signal): Promise<number> {
    const { threshold, timeoutMilliseconds, isHealthy, clock } = this.#options;
    if (this.#failures < threshold) return 0;
    const began = clock.now();
    while (!(await isHealthy(signal).catch(() => false))) {
      signal.throwIfAborted();
      const left = began + timeoutMilliseconds - clock.now();
      if (left <= 0) break;
      await clock.sleep(Math.min(betweenLooks, left), signal);
    }
    this.#failures = Math.min(this.#failures, threshold - 1);
    return clock.now() - began;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** @returns what is to be said where this failure holds the next calls back. */
  failed(): string | undefined {
    const { threshold, timeoutMilliseconds } = this.#options;
    this.#failures += 1;
    if (this.#failures < threshold) return undefined;
    return `Calls have failed ${threshold === 1 ? 'once' : `${threshold} times in a row`}: the next one waits for the server's health, at most ${timeoutMilliseconds / 1000} s.`;
  }
}
