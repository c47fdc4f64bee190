import type { Clock } from '../../utils/clock.ts';

export interface CircuitBreakerOptions {
  /** After this many transient failures in a row, calls wait for the server's health before they are sent. */
  threshold: number;
  /** The longest time that all calls together wait in one outage. Then they are sent anyway, so that it is soon reported if the server is gone. */
  timeoutMilliseconds: number;
  /** May reject, which means no. */
  isHealthy: (signal: AbortSignal) => Promise<boolean>;
  clock: Clock;
}

const betweenLooks = 1000;

/** Holds calls back from a server that keeps failing: its health is checked until it answers. One for each server. */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #failures = 0;
  /** When the waiting in this outage is over. An outage lasts until the health check answers or a call succeeds. */
  #waitsUntil: number | undefined;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
  }

  /**
   * Resolves when a call may be sent, with the milliseconds that it waited; at once, with 0, if the server has not failed too often. A call that has waited is
   * a trial: after one more failure the next one waits again.
   * @throws the signal's reason.
   */
  async ready(signal: AbortSignal = new AbortController().signal): Promise<number> {
    const { threshold, timeoutMilliseconds, clock } = this.#options;
    if (this.#failures < threshold) return 0;
    const began = clock.now();
    this.#waitsUntil ??= began + timeoutMilliseconds;
    const until = this.#waitsUntil;
    let healthy = await this.#isHealthy(signal);
    while (!healthy && clock.now() < until) {
      await clock.sleep(Math.min(betweenLooks, until - clock.now()), signal);
      healthy = await this.#isHealthy(signal);
    }
    if (healthy) this.#waitsUntil = undefined;
    this.#failures = Math.min(this.#failures, threshold - 1);
    return clock.now() - began;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#waitsUntil = undefined;
  }

  /** @returns what to tell the person if this failure holds the next calls back. */
  failed(): string | undefined {
    const { threshold, timeoutMilliseconds, clock } = this.#options;
    this.#failures += 1;
    if (this.#failures < threshold) return undefined;
    const left = this.#waitsUntil === undefined ? timeoutMilliseconds : this.#waitsUntil - clock.now();
    if (left <= 0) return undefined;
    const often = threshold === 1 ? 'once' : `${threshold} times in a row`;
    return `Calls have failed ${often}: the next one waits for the server's health, at most ${Math.ceil(left / 1000)} s.`;
  }

  async #isHealthy(signal: AbortSignal): Promise<boolean> {
    const healthy = await this.#options.isHealthy(signal).catch(() => false);
    signal.throwIfAborted();
    return healthy;
  }
}
