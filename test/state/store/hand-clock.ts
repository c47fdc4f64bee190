import type { Clock } from '../../../src/utils/clock.ts';

/** A clock that a test sets. Sleeping takes one turn of the event loop and no time, whatever is asked for. */
export class HandClock implements Clock {
  time = 1_000_000;
  /** What was asked for, in order. */
  readonly sleeps: number[] = [];
  /** Happens while someone sleeps. */
  meanwhile: () => Promise<void> = async () => undefined;

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    await this.meanwhile();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    signal?.throwIfAborted();
  }
}
