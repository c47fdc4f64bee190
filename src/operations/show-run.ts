import { runStream } from '../events/run-stream.ts';
import { ProjectFiles } from '../orchestrator/checks/project-files.ts';
import { type SeenFile, seenFiles } from '../orchestrator/checks/seen-files.ts';
import { namedFolders } from '../orchestrator/run/folders-of-run.ts';
import type { RunFolders } from '../orchestrator/journal/run-folders.ts';
import type { LeaseOwner } from '../state/store/event-store.ts';
import { foldRun, type RunState, type RunStatus } from '../state/run/run-state.ts';
import { isOwned, shownRunStatus } from '../state/run/shown-run-status.ts';
import { systemClock } from '../utils/clock.ts';
import type { Workspace } from './workspace.ts';

/** How a run stands now. */
export interface StandingRun {
  state: RunState;
  /** The status now. The journal alone does not say when the owner of a run has died. */
  status: RunStatus;
  /** Who works on it. */
  owner: LeaseOwner | undefined;
}

/** How a run stands now, with the place of its files. */
export interface ShownRun extends StandingRun {
  /** Where its files are recorded to be. */
  folders: RunFolders;
  /** Its files as they are now, which shows what its checks still prove. Undefined where nothing was checked; no file is read then. */
  files: SeenFile[] | undefined;
}

/** How a run stands now, from the journal alone. @throws MultiagentError `run.not_found`. */
export async function standingRun({ store, clock = systemClock }: Pick<Workspace, 'store' | 'clock'>, run: string): Promise<StandingRun> {
  const state = await foldRun(store.read(runStream(run)));
  const lease = await store.readLease(runStream(run));
  const now = clock.now();
  return { state, status: shownRunStatus(state.status, { lease, now }), owner: isOwned(lease, now) ? lease.owner : undefined };
}

/**
 * How a run stands now, with the place of its files and, where they were checked, their present content. @throws MultiagentError `run.not_found`.
 * @example
 * const { state, status, folders } = await showRun(orchestrator, run);
 * console.log(status, state.tasks.size); // completed 4
 * console.log(folders.generated.endsWith(run)); // true
 */
export async function showRun(workspace: Workspace, run: string): Promise<ShownRun> {
  const shown = await standingRun(workspace, run);
  const folders = namedFolders(shown.state, workspace.workspace);
  const { state } = shown;
  if (state.checks.length === 0) return { ...shown, folders, files: undefined };
  const project = new ProjectFiles({ workspace: workspace.workspace, contentOf: (sha256) => workspace.store.getContent(sha256) });
  // A project is read only for what a check saw of it.
  const changed = state.checks.some((check) => check.project !== undefined) ? await project.changed(state) : undefined;
  return { ...shown, folders, files: await seenFiles(state, folders.generated, changed) };
}
