import { holdLease } from '../../orchestrator/journal/hold-lease.ts';
import { foldersOfRun, type FoldersOfRunOptions } from '../../orchestrator/run/folders-of-run.ts';
import type { RunFolders } from '../../orchestrator/journal/run-folders.ts';
import { type EventStore, LeaseHeldError } from '../../state/store/event-store.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { isOwned } from '../../state/run/shown-run-status.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { isRunId } from '../../utils/run-id.ts';
import { backupsOf } from './backups-of.ts';
import { mendLatest } from './mend-latest.ts';
import { type RemovedFiles, removeFiles } from './remove-files.ts';

export interface RemoveRunOptions extends FoldersOfRunOptions {
  store: EventStore;
  run: string;
}

/** @throws MultiagentError `run.live` while somebody works on the run. */
export async function requireNotLive({ store, run }: Pick<RemoveRunOptions, 'store' | 'run'>): Promise<void> {
  const lease = await store.readLease(`run:${run}`);
  if (isOwned(lease, Date.now())) throw live(run, new LeaseHeldError(lease));
}

/**
 * Removes a run: its unchanged files, its result and summary, what the journal holds of it, then the copies of what its files replaced in the project.
 * Broken off before the journal was changed it can be done again.
 * @throws MultiagentError `run.live`; what keeps its history from being read, before anything is removed.
 */
export async function removeRun({ store, run, ...places }: RemoveRunOptions): Promise<RemovedFiles> {
  const stream = `run:${run}`;
  const lease = await holdLease(store, stream).catch((error: unknown) => {
    throw error instanceof LeaseHeldError ? live(run, error) : error;
  });
  let last: number;
  let files: RemovedFiles;
  let folders: RunFolders;
  try {
    const state = await foldRun(store.read(stream));
    last = state.lastSequence;
    folders = await foldersOfRun(state, places);
    files = await removeFiles(state, folders);
  } finally {
    await lease.release();
  }
  await store.removeStream(stream, { expectedSequence: last });
  await mendLatest(store, folders);
  // A journal that came with a project may hold any name.
  if (isRunId(run)) await backupsOf(places.workspace, run).removeAll();
  return files;
}

function live(run: string, error: LeaseHeldError): MultiagentError {
  const { pid, host } = error.lease.owner;
  return new MultiagentError({
    category: 'usage',
    code: 'run.live',
    message: `The run ${run} is running: process ${pid} on ${host} works on it.`,
    hint: `Stop it first: multiagent cancel ${run}`,
    cause: error,
  });
}
