import { type Clock, systemClock } from '../../src/utils/clock.ts';

/** A clock that moves when it is looked at, so that text is saved every few tokens, and every run has the same events. */
export function countingClock(start: number): Clock {
  let now = start;
  return {
    now: () => (now += 50),
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
  };
}
