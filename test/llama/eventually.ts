import { setTimeout } from 'node:timers/promises';

/** Asks again until it holds, for at most 10 seconds. For what a server in another process does in its own time. */
export async function eventually(holds: () => Promise<void>): Promise<void> {
  const patience = AbortSignal.timeout(10_000);
  for (;;) {
    try {
      await holds();
      return;
    } catch (error) {
      if (patience.aborted) throw error;
      await setTimeout(20);
    }
  }
}
