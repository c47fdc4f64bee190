import { AsyncLocalStorage } from 'node:async_hooks';
import { placeWords } from '../../utils/where.ts';
import { ModelError } from '../model-error.ts';
import type { Destination } from './destination.ts';

/** A request that is about to be sent. */
export interface Sending extends Destination {
  /** Of its body; 0: it asks for something and tells nothing. */
  bytes: number;
}

/** Hears of every request of the work that it is around before a connection is opened, and may refuse it by throwing. */
export type RequestWatch = (sending: Sending) => Promise<void>;

interface Around {
  watch?: RequestWatch;
  /** What must not leave this machine: `The run`, `The step build`. */
  isPrivate?: string;
}

const around = new AsyncLocalStorage<Around>();

/**
 * Does work whose requests a watch hears of, however deep they are made. A watch within another one is asked instead of it. Whoever sends to a model by other ways
 * than `unlimitedFetch` tells of it with `tellSending`; otherwise nobody knows where it went, which is said.
 */
export function watchingRequests<Result>(watch: RequestWatch, work: () => Result): Result {
  return around.run({ ...around.getStore(), watch }, work);
}

/** Does work of which nothing may leave this machine, whatever is asked within it. @param what Begins a sentence: `The step build`. */
export function keepingHere<Result>(what: string, work: () => Result): Result {
  return around.run({ ...around.getStore(), isPrivate: what }, work);
}

/** @throws ModelError `private.refused` for a destination outside this machine. */
export function requireHere(what: string, { host, where }: Destination): void {
  if (where === 'this_machine') return;
  throw new ModelError({
    kind: 'refused',
    code: 'private.refused',
    message: `${what} is private, and ${host} is not this machine (${placeWords[where]}): nothing was sent there.`,
    hint: 'Use a model server on this machine, such as http://127.0.0.1:8080/v1. Neither --allow-remote nor fallback changes that; only leaving out private does.',
  });
}

/** Tells the watch around the current work. @throws ModelError if the request must not be sent. */
export async function tellSending(sending: Sending): Promise<void> {
  const { watch, isPrivate } = around.getStore() ?? {};
  if (isPrivate !== undefined) requireHere(isPrivate, sending);
  await watch?.(sending);
}
