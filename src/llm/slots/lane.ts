/** Lets one caller in at a time, in order of arrival. */
export class Lane {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, with a function that ends it; a second call of that does nothing. @throws the signal's reason. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await (signal === undefined ? before : untilAborted(before, signal));
      signal?.throwIfAborted();
    } catch (error) {
      // The next one still waits for the one inside.
      void before.then(resolve);
      throw error;
    }
    return resolve;
  }
}

async function untilAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason as Error);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([wait, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
