import { isProcessGone } from '../../utils/process-identity.ts';
import type { Lease } from '../store/lease.ts';
import type { RunStatus } from './run-records.ts';

/** Whether somebody works on the stream: its lease has not expired, and its process is not known to be gone. */
export function isOwned(lease: Lease | undefined, now: number): lease is Lease {
  return lease !== undefined && lease.expiresAt > now && !isProcessGone(lease.owner);
}

/** The journal of a run whose owner died says `running` for ever. Nobody works on it, so it is shown as interrupted. */
export function shownRunStatus(recorded: RunStatus, { lease, now }: { lease: Lease | undefined; now: number }): RunStatus {
  return recorded === 'running' && !isOwned(lease, now) ? 'interrupted' : recorded;
}
