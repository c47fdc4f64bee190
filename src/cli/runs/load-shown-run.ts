import type { EventStore, LeaseOwner } from '../../state/store/event-store.ts';
import { foldRun, type RunState, type RunStatus } from '../../state/run/run-state.ts';
import { isOwned, shownRunStatus } from '../../state/run/shown-run-status.ts';

export interface ShownRun {
  state: RunState;
  /** What is true now, which the journal of a run whose owner died does not say. */
  status: RunStatus;
  owner: LeaseOwner | undefined;
}

export async function loadShownRun(store: EventStore, run: string): Promise<ShownRun> {
  const state = await foldRun(store.read(`run:${run}`));
  const lease = await store.readLease(`run:${run}`);
  const now = Date.now();
  return { state, status: shownRunStatus(state.status, { lease, now }), owner: isOwned(lease, now) ? lease.owner : undefined };
}
