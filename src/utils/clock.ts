/**
 * Where time comes from. Injected, so that no test has to wait for it to pass.
 * @example
 * import { setTimeout } from 'node:timers/promises';
 * const clock: Clock = { now: () => Date.now(), sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }) };
 * const team = new AgentOrchestrator({ workspace: folder, clock });
 * await team.close();
 */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. */
  now(): number;
  /**
   * Resolves after `milliseconds`, or when `now` has gone on by so much: a timer stands still while a machine sleeps, and knows nothing of a clock that was set.
   * Rejects with the signal's reason as soon as it is aborted.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The longest that a timer of Node can run, in milliseconds. One that is set for longer fires at once. */
export const longestTimer = 2 ** 31 - 1;

/** The latest moment that a date can hold, in milliseconds since 1970. A journal from elsewhere may name later ones. */
export const latestTime = 8.64e15;

/** So late at most it is noticed that the clock was set forward, or that the machine slept. */
const lookEvery = 30_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const until = Date.now() + milliseconds;
      let left = milliseconds;
      const next = () => {
        const time = Math.min(left, lookEvery);
        left -= time;
        return setTimeout(look, time);
      };
      const look = () => {
        if (left > 0 && Date.now() < until) {
          timer = next();
          return;
        }
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      let timer = next();
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};
