import { runStream } from '../../events/run-stream.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { foldRun, type RunState } from '../../state/run/run-state.ts';
import { type Clock, systemClock } from '../../utils/clock.ts';
import { type HeldLease, holdLease } from './hold-lease.ts';
import { type EventListener, RunJournal } from './run-journal.ts';

export interface OwnRunOptions {
  store: EventStore;
  /** Default: the system's clock. */
  clock?: Clock | undefined;
  /** Receives each event that is recorded meanwhile. */
  onEvent?: EventListener | undefined;
  /** Ends the wait that a clock set back makes necessary. */
  signal?: AbortSignal | undefined;
}

/** A run while it is owned: nobody else can write its stream. */
export interface OwnedRun {
  /** The state when the run was taken; it changes with each event that is recorded. */
  state: RunState;
  journal: RunJournal;
  lease: HeldLease;
}

/** Lets `work` write a stream that nobody else writes meanwhile; the stream is released whatever happens. @throws LeaseHeldError while somebody else holds it. */
export async function withLease<Result>(
  { store, run, signal }: Pick<OwnRunOptions, 'store' | 'signal'> & { run: string },
  work: (lease: HeldLease) => Promise<Result>,
): Promise<Result> {
  const lease = await holdLease(store, runStream(run), signal);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

/**
 * Owns a run of the journal during `work`. Each append shows the claim, so that a process that slept while another one took the run over writes nothing
 * more. The run is released whatever happens.
 * @throws LeaseHeldError while somebody else holds it; MultiagentError `run.not_found`.
 */
export async function withOwnedRun<Result>(
  { store, clock = systemClock, onEvent, signal }: OwnRunOptions,
  run: string,
  work: (owned: OwnedRun) => Promise<Result>,
): Promise<Result> {
  return withLease({ store, run, signal }, async (lease) => {
    const state = await foldRun(store.read(runStream(run)));
    return work({ state, lease, journal: new RunJournal({ store, run, clock, onEvent, state, lease: () => lease.current }) });
  });
}
