import { runStream } from '../events/run-stream.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import type { RunFolders } from '../orchestrator/journal/run-folders.ts';
import { type ListedRun, listRuns } from '../state/run/list-runs.ts';
import { systemClock } from '../utils/clock.ts';
import { isRunId } from '../utils/run-id.ts';
import { liveRun } from './live-runs.ts';
import { updateLatest } from './update-latest.ts';
import { backupsOf } from './project-backups.ts';
import { type RemovedFiles, removeFiles } from './remove-files.ts';
import type { Workspace } from './workspace.ts';

/** What was removed of a run, and from where. */
export interface RemovedRun extends RemovedFiles {
  /** Where its files were. */
  folders: RunFolders;
}

/**
 * Removes a run: its unchanged files, its result, summary and report, its history in the journal, then the copies of what it replaced in the project.
 * If it is interrupted before the journal changes, it can be repeated.
 * @throws MultiagentError `run.live`; whatever prevents reading its history, before anything is removed.
 * @example
 * const { kept } = await removeRun(orchestrator, run);
 * console.log(kept.length); // 0
 */
export async function removeRun(workspace: Workspace, run: string): Promise<RemovedRun> {
  const { store } = workspace;
  const { last, folders, files } = await withOwnedRun(workspace, run, async ({ state }) => {
    const folders = await foldersOfRun(state, workspace);
    return { last: state.lastSequence, folders, files: await removeFiles(state, folders) };
  }).catch((error: unknown) => {
    throw liveRun(run, error);
  });
  await store.removeStream(runStream(run), { expectedSequence: last });
  await updateLatest(store, folders);
  // A journal that came with a project may hold any name.
  if (isRunId(run)) await backupsOf(workspace.workspace, run).removeAll();
  return { ...files, folders };
}

/** The runs that ended before a time (milliseconds since 1970). A run that somebody works on, or that waits for something, is not among them. */
export async function oldRuns({ store, clock = systemClock }: Pick<Workspace, 'store' | 'clock'>, before: number): Promise<ListedRun[]> {
  const runs = await listRuns(store, { now: clock.now() });
  return runs.filter(
    ({ owner, status, startedAt, endedAt = startedAt }) => owner === undefined && status !== 'waiting' && endedAt < before,
  );
}
