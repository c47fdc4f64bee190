import type { Clock } from '../../src/utils/clock.ts';

/** A clock on which waiting takes no time, but moves the hands; a wait without an end in sight ends only when it is aborted. */
export function instantClock(): Clock & { slept: number[] } {
  let skipped = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.now() + skipped,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      if (milliseconds < 2 ** 30) {
        slept.push(milliseconds);
        skipped += milliseconds;
        await new Promise((resolve) => void setImmediate(resolve));
        return;
      }
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
    },
  };
}
