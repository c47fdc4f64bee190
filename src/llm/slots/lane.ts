/** Lets one in at a time, in the order of coming. */
export class Lane {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is one's turn, with what ends it; calling that twice does nothing. @throws the signal's reason. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await (signal === undefined ? before : untilAborted(before, signal));
      signal?.throwIfAborted();
    } catch (error) {
      // Whoever comes next still waits for whoever is in.
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
