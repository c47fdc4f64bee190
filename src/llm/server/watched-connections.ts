import { Agent } from 'undici';
import type { Where } from '../../utils/where.ts';
import { destinationOf, lookUpWithin, type LookUpName } from '../destinations/destination.ts';
import { tellSending } from '../destinations/request-watch.ts';

/** What is about to be sent. */
export interface SendingTo {
  /** Of the body. */
  bytes: number;
  signal?: AbortSignal | null | undefined;
}

/**
 * Connections of which the watch around the current work hears before each request: where it leads is decided first, and it leads nowhere farther. Without limits of time, see `unlimitedFetch`.
 * @param lookUp How names are looked up.
 * @returns what a request to an address is sent over. It throws the signal's reason, ModelError of the watch, and what looking up throws.
 */
export function watchedConnections(lookUp: LookUpName): (url: URL, sending: SendingTo) => Promise<Agent> {
  // A connection that is kept is used again only for what is decided to be as far away.
  const dispatchers = new Map<Where, Agent>();
  const dispatcherFor = (where: Where) => {
    const connect = { timeout: 10_000, lookup: lookUpWithin(where, lookUp) };
    const known = dispatchers.get(where) ?? new Agent({ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 60_000, connect });
    dispatchers.set(where, known);
    return known;
  };
  return async (url, { bytes, signal }) => {
    if (url.username !== '' || url.password !== '') throw new TypeError('the address holds credentials');
    const destination = await unlessAborted(destinationOf(url, lookUp), signal);
    await tellSending({ ...destination, bytes });
    return dispatcherFor(destination.where);
  };
}

/** Looking a name up cannot be ended, but nobody has to wait for it. */
async function unlessAborted<Value>(value: Promise<Value>, signal: AbortSignal | null | undefined): Promise<Value> {
  if (!signal) return value;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([value, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
