import { onTestFinished, vi } from 'vitest';

/**
 * Has the timers of this process stand still until the test lets time pass, so that a busy machine cannot make a pause out of what is none.
 * @returns lets time pass, in steps of so many milliseconds, until something holds; what is under way goes on meanwhile.
 */
export function heldTime(): (milliseconds: number, holds: () => boolean) => Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return async (milliseconds, holds) => {
    while (!holds()) await vi.advanceTimersByTimeAsync(milliseconds);
  };
}
