import { type TakenBack, takeBack } from '../project/changes/take-back.ts';
import type { UndoPlan } from '../orchestrator/artifacts/plan-undo.ts';
import { requireTrust } from '../orchestrator/run/foreign-run.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { runStream } from '../events/run-stream.ts';
import { foldRun } from '../state/run/run-state.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { liveRun } from './live-runs.ts';
import { backupsOf } from './project-backups.ts';
import { undoFiles } from './undo-files.ts';
import type { Workspace } from './workspace.ts';

/** How much of a run is undone. */
export interface UndoRunOptions {
  /** Undoes only what this task wrote. Default: everything that the run wrote. */
  task?: string | undefined;
  /** Allows this for a run that was not started here. */
  trust?: boolean | undefined;
}

/**
 * Undoes what a task, or a whole run, wrote into the run's folder: each file is removed, or gets back the content that an earlier step gave it. All or
 * nothing. What was applied to the project stays.
 * @throws MultiagentError `undo.edited`, `undo.nothing`, `run.live`, `run.foreign`, `run.not_found`.
 * @example
 * const { files } = await undoRun(orchestrator, run, { task: 'release_notes' });
 * console.log(files.map(({ path }) => path)); // [ 'CHANGELOG.md' ]
 */
export async function undoRun(workspace: Workspace, run: string, { task, trust }: UndoRunOptions = {}): Promise<UndoPlan> {
  const undo = withOwnedRun(workspace, run, async ({ state, journal }) => {
    await requireTrust(state, workspace.ownRuns, trust);
    return undoFiles({ store: workspace.store, journal, task, folders: await foldersOfRun(state, workspace) });
  });
  return undo.catch((error: unknown) => {
    throw liveRun(run, error);
  });
}

/**
 * Restores the project to how it was before the run was last applied to it.
 * @throws MultiagentError `undo.nothing` where the run is not applied; `run.foreign`; whatever prevents restoring a file.
 * @example
 * const preview = await previewApply(orchestrator, run);
 * await applyRun(orchestrator, preview);
 * const { removed } = await undoApply(orchestrator, run);
 * console.log(removed.length === preview.plan.changes.length); // true
 */
export async function undoApply(workspace: Workspace, run: string, { trust }: Pick<UndoRunOptions, 'trust'> = {}): Promise<TakenBack> {
  await requireTrust(await foldRun(workspace.store.read(runStream(run))), workspace.ownRuns, trust);
  const result = await takeBack(workspace.workspace, backupsOf(workspace.workspace, run));
  if (result !== undefined) return result;
  throw new MultiagentError({
    code: 'undo.nothing',
    message: `Nothing of the run ${run} is applied to this project, according to .multiagent/backups.`,
    hint: `"multiagent apply ${run}" applies its files.`,
  });
}
