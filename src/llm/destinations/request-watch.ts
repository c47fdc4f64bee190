import { AsyncLocalStorage } from 'node:async_hooks';
import type { Destination } from './destination.ts';

/** A request that is about to be sent. */
export interface Sending extends Destination {
  /** Of its body; 0: it asks for something and tells nothing. */
  bytes: number;
}

/** Hears of every request of the work that it is around before a connection is opened, and may refuse it by throwing. */
export type RequestWatch = (sending: Sending) => Promise<void>;

const watches = new AsyncLocalStorage<RequestWatch>();

/**
 * Does work whose requests a watch hears of, however deep they are made. A watch within another one is asked instead of it. Whoever sends to a model by other ways
 * than `unlimitedFetch` tells of it with `tellSending`; otherwise nobody knows where it went, which is said.
 */
export function watchingRequests<Result>(watch: RequestWatch, work: () => Result): Result {
  return watches.run(watch, work);
}

/** Tells the watch around the current work. @throws ModelError if the request must not be sent. */
export async function tellSending(sending: Sending): Promise<void> {
  await watches.getStore()?.(sending);
}
