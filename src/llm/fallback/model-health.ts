import type { ModelError } from '../model-error.ts';

interface Trouble {
  failures: number;
  /** In milliseconds of the clock: before, it is not tried again. */
  until: number;
  why: string;
}

/** In milliseconds. */
const firstPause = 30_000;
const longestPause = 3_600_000;
/** A quota that is used up comes back by the day, or when somebody pays. */
const pauseOfQuota = 600_000;

/**
 * Which models were lost, and when each may be tried again: once soon, because servers are restarted, then after pauses that double up to an hour. Pure: the caller
 * tells the time.
 */
export class ModelHealth {
  readonly #troubles = new Map<string, Trouble>();

  /** `up`: nothing is known against it. `trial`: it was lost, and one call may find out whether it is back. `down`: it is to be left alone. */
  stateOf(name: string, now: number): 'up' | 'trial' | 'down' {
    const trouble = this.#troubles.get(name);
    if (trouble === undefined) return 'up';
    return now >= trouble.until ? 'trial' : 'down';
  }

  /** Why it was lost last; undefined: it was not. */
  why(name: string): string | undefined {
    return this.#troubles.get(name)?.why;
  }

  failed(name: string, { code, message, retryAfter = 0 }: Pick<ModelError, 'code' | 'message' | 'retryAfter'>, now: number): void {
    const failures = (this.#troubles.get(name)?.failures ?? 0) + 1;
    const growing = failures === 1 ? 0 : Math.min(longestPause, firstPause * 2 ** (failures - 2));
    const pause = Math.max(growing, retryAfter, code === 'provider.quota' ? pauseOfQuota : 0);
    this.#troubles.set(name, { failures, until: now + pause, why: message });
  }

  succeeded(name: string): void {
    this.#troubles.delete(name);
  }
}
