import { randomUUID } from 'node:crypto';
import type { EventStore, Lease } from '../../state/store/event-store.ts';
import { isProcessGone, processIdentity } from '../../utils/process-identity.ts';

/** How long a run counts as owned by a process that shows no sign of life. */
const leaseMilliseconds = 10_000;
const renewEvery = leaseMilliseconds / 5;

export interface HeldLease {
  /** As it was last renewed: what appends show. */
  readonly current: Lease;
  /** Aborted when somebody else has taken it. */
  readonly lost: AbortSignal;
  /** The number of the last signal that was sent before: it was meant for an earlier owner. */
  readonly signalsBefore: number;
  release(): Promise<void>;
}

/**
 * Becomes the only writer of a stream until released. The lease is renewed in the background; a process that slept meanwhile finds out at its next write or
 * renewal that it lost it.
 * @throws LeaseHeldError while somebody else holds it, also in this process.
 */
export async function holdLease(store: EventStore, stream: string, signal?: AbortSignal): Promise<HeldLease> {
  let current = await store.acquireLease({
    stream,
    // Of this holder, not of the process: two operations of one program exclude each other like two programs.
    owner: { ...processIdentity, nonce: randomUUID() },
    milliseconds: leaseMilliseconds,
    isGone: isProcessGone,
    signal,
  });
  const signalsBefore = await store.lastSignal(stream);
  const lost = new AbortController();
  const renew = async () => {
    try {
      current = await store.renewLease(current, leaseMilliseconds);
    } catch (error) {
      // Any error but the loss itself may pass: the next renewal or write will tell.
      if ((error as { code?: string }).code !== 'lease.lost') return;
      clearInterval(timer);
      lost.abort(error);
    }
  };
  const timer = setInterval(() => void renew(), renewEvery);
  timer.unref();
  return {
    get current() {
      return current;
    },
    lost: lost.signal,
    signalsBefore,
    async release() {
      clearInterval(timer);
      // If it cannot be released, it expires; that must not hide how the run ended.
      await store.releaseLease(current).catch(() => undefined);
    },
  };
}
