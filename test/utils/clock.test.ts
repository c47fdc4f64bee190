import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { longestTimer, systemClock } from '../../src/utils/clock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A sleep, and whether it has ended. */
function asleep(milliseconds: number, signal?: AbortSignal) {
  let ended = false;
  const over = systemClock.sleep(milliseconds, signal).then(() => (ended = true));
  return { over, ended: () => ended };
}

describe('a sleep of the clock of the system', () => {
  it.each([0, 1, 20, 30_000, 90_001, 3 * day, longestTimer])(
    'of %i ms ends when so much has passed, and not before',
    async (milliseconds) => {
      const sleep = asleep(milliseconds);
      await vi.advanceTimersByTimeAsync(Math.max(0, milliseconds - 1));
      expect(sleep.ended()).toBe(milliseconds === 0);
      await vi.advanceTimersByTimeAsync(1);
      expect(sleep.ended()).toBe(true);
    },
  );

  it('ends within a minute after the clock was set forward past its end, as by a machine that slept', async () => {
    const sleep = asleep(3 * day);
    await vi.advanceTimersByTimeAsync(minute);
    vi.setSystemTime(Date.now() + 4 * day);
    expect(sleep.ended()).toBe(false);
    await vi.advanceTimersByTimeAsync(minute);
    expect(sleep.ended()).toBe(true);
  });

  it('takes no longer where the clock was set back', async () => {
    const sleep = asleep(10 * minute);
    vi.setSystemTime(Date.now() - 5 * day);
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(sleep.ended()).toBe(true);
  });

  it('rejects with the reason when it is aborted, also after a long time, and leaves no timer', async () => {
    const stop = new AbortController();
    const sleep = asleep(3 * day, stop.signal);
    const failed = sleep.over.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(day);
    stop.abort(new Error('enough'));
    expect(await failed).toEqual(new Error('enough'));
    expect(vi.getTimerCount()).toBe(0);
  });
});
