import type { Clock } from '../../utils/clock.ts';

/** What a subscription needs from its store. */
interface LiveSource<Item> {
  /** Items after the cursor, in order; empty if there are none. */
  readPage(after: number): Item[];
  cursorOf(item: Item): number;
  /** A number that changes whenever someone other than this store writes. Cheap, because it is called again and again. */
  externalVersion(): number;
  /** Calls back after each append of this store. @returns a function that stops it. */
  onAppend(listener: () => void): () => void;
}

export interface LiveSubscriptionOptions<Item> {
  source: LiveSource<Item>;
  after: number;
  /** Either one ends the subscription. */
  signals: AbortSignal[];
  clock: Clock;
  /** Milliseconds between two checks for what other processes have written. */
  pollInterval: number;
}

/** Yields existing items, then new ones, until a signal is aborted. Holds nothing of the store while it waits or while its consumer works. */
export async function* liveSubscription<Item>(options: LiveSubscriptionOptions<Item>): AsyncGenerator<Item, void, undefined> {
  const { source, signals, clock, pollInterval } = options;
  const ended = () => signals.some((signal) => signal.aborted);
  let changed = false;
  let nap = new AbortController();
  const wake = () => {
    changed = true;
    nap.abort();
  };
  const stopListening = source.onAppend(wake);
  for (const signal of signals) signal.addEventListener('abort', wake);
  try {
    let cursor = options.after;
    while (!ended()) {
      // Both before reading: what is written from now on is noticed, at worst once too often.
      changed = false;
      const version = source.externalVersion();
      for (let page = source.readPage(cursor); page.length > 0; page = source.readPage(cursor)) {
        for (const item of page) {
          if (ended()) return;
          cursor = source.cursorOf(item);
          yield item;
        }
        if (ended()) return;
      }
      while (!changed) {
        nap = new AbortController();
        await sleepUntilWoken(clock, pollInterval, nap.signal);
        if (!changed) changed = source.externalVersion() !== version;
      }
    }
  } finally {
    stopListening();
    for (const signal of signals) signal.removeEventListener('abort', wake);
  }
}

async function sleepUntilWoken(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
