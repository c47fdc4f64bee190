import type { Clock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { AcquireLeaseOptions } from './event-store.ts';
import { type Lease, LeaseHeldError } from './lease.ts';

/** What every store keeps about a lease. Without `owner` it was released; the epoch is kept, so that it is never reused. */
export interface LeaseRecord extends Omit<Lease, 'owner'> {
  owner?: Lease['owner'] | undefined;
}

export function heldLease(record: LeaseRecord | undefined): Lease | undefined {
  return record?.owner === undefined ? undefined : { ...record, owner: record.owner };
}

/** The nonce counts, too: the epochs of a stream that was removed and written again start over. */
export function isCurrent(lease: Lease, current: LeaseRecord | undefined): boolean {
  return current?.owner?.nonce === lease.owner.nonce && current.epoch === lease.epoch;
}

/** @throws MultiagentError `lease.lost` */
export function checkCurrent(lease: Lease, current: LeaseRecord | undefined): void {
  if (isCurrent(lease, current)) return;
  const owner = current?.owner;
  const who = owner === undefined ? 'it was given up' : `process ${owner.pid} on ${owner.host} has taken it`;
  throw new MultiagentError({
    code: 'lease.lost',
    message: `This process may no longer write to "${lease.stream}": ${who}.`,
    hint: 'Nothing is lost that was recorded. Watch the run where it goes on, or resume it here once nobody else works on it.',
  });
}

/** `in the future`: renewed before the clock was set back by more than the length of a lease. */
export type LeaseTaking = { outcome: 'taken'; lease: Lease } | { outcome: 'held' | 'in the future'; by: Lease };

/** The result of asking for a lease at the time `now`. `unchangedSince` is a lease in the future that was watched for its length. */
export function takeLease(
  record: LeaseRecord | undefined,
  { stream, owner, milliseconds, isGone }: AcquireLeaseOptions,
  { now, unchangedSince }: { now: number; unchangedSince?: Lease | undefined },
): LeaseTaking {
  const term = { renewedAt: now, expiresAt: now + milliseconds };
  const current = heldLease(record);
  if (current?.owner.nonce === owner.nonce) return { outcome: 'taken', lease: { ...current, ...term } };
  const taken: LeaseTaking = { outcome: 'taken', lease: { stream, epoch: (record?.epoch ?? 0) + 1, owner, ...term } };
  if (current === undefined || current.expiresAt <= now || isGone?.(current.owner) === true) return taken;
  if (!isInTheFuture(current, now)) return { outcome: 'held', by: current };
  if (unchangedSince === undefined) return { outcome: 'in the future', by: current };
  const unchanged = isCurrent(unchangedSince, current) && unchangedSince.renewedAt === current.renewedAt;
  return unchanged ? taken : { outcome: 'held', by: current };
}

/** `take` tries once, in one transaction of the store. */
export async function acquireByRules(
  take: (unchangedSince?: Lease) => LeaseTaking,
  { clock, signals }: { clock: Clock; signals: AbortSignal[] },
): Promise<Lease> {
  let taking = take();
  if (taking.outcome === 'in the future') {
    await clock.sleep(lengthOf(taking.by), AbortSignal.any(signals));
    taking = take(taking.by);
  }
  if (taking.outcome !== 'taken') throw new LeaseHeldError(taking.by);
  return taking.lease;
}

function isInTheFuture(lease: Lease, now: number): boolean {
  return lease.renewedAt - now > lengthOf(lease);
}

function lengthOf({ renewedAt, expiresAt }: Lease): number {
  return expiresAt - renewedAt;
}
