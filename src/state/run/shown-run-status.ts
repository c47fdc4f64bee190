import { isProcessGone } from '../../utils/process-identity.ts';
import type { Lease } from '../store/lease.ts';
import type { RunStatus } from './run-records.ts';

/** Whether somebody works on the stream: the lease has not expired, and its process is not known to be gone. */
export function isOwned(lease: Lease | undefined, now: number): lease is Lease {
  return lease !== undefined && lease.expiresAt > now && !isProcessGone(lease.owner);
}

/** The journal of a run whose owner died says `running` for ever; nobody works on it, so it is interrupted. */
export function shownRunStatus(recorded: RunStatus, { lease, now }: { lease: Lease | undefined; now: number }): RunStatus {
  return recorded === 'running' && !isOwned(lease, now) ? 'interrupted' : recorded;
}
