import { applyChanges, type ApplyPlan, planApply } from '../files/project/apply-files.ts';
import { filesToApply } from '../orchestrator/artifacts/files-to-apply.ts';
import { requireTrust } from '../orchestrator/run/foreign-run.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { folderOf } from '../orchestrator/journal/run-folders.ts';
import { runStream } from '../events/run-stream.ts';
import { foldRun, type RunState } from '../state/run/run-state.ts';
import { systemClock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { commitFiles, commitMessage, type CommitResult, requireCommittable } from './git/commit-files.ts';
import { knownVersions } from './known-versions.ts';
import { liveRun, requireNotLive } from './live-runs.ts';
import { backupsOf } from './project-backups.ts';
import type { Workspace } from './workspace.ts';

export interface PreviewApplyOptions {
  /** Files of the run, or folders of it. Default: every file but the replies of text steps. */
  only?: readonly string[] | undefined;
  /** Where a change of somebody else stands in the way: `overwrite` takes the run's version. Default: `refuse`. */
  conflicts?: 'refuse' | 'overwrite' | undefined;
}

/** What bringing files of a run into the project would change. */
export interface ApplyPreview {
  state: RunState;
  plan: ApplyPlan;
  /** Files that a person has changed in the run's folder: they count as they are now. */
  edited: string[];
  /** Files that a person has removed from it. */
  missing: string[];
  /** The run's folder. */
  folder: string;
}

export interface ApplyRunOptions {
  /** Commits what was written, and nothing else, with Git, which gets these variables. Absent: nothing is committed. */
  commit?: { environment: Readonly<Record<string, string | undefined>> } | undefined;
  /** Also of a run that was not begun here. */
  trust?: boolean | undefined;
}

export interface AppliedRun {
  /** Absolute: where what was replaced is kept. */
  backup: string;
  commit?: CommitResult | undefined;
}

/** What applying a run would change. Writes nothing. @throws MultiagentError `run.not_found`, `run.live`, `run.elsewhere`; `usage` for a file that it has not. */
export async function previewApply(
  workspace: Workspace,
  run: string,
  { only, conflicts = 'refuse' }: PreviewApplyOptions = {},
): Promise<ApplyPreview> {
  const { store } = workspace;
  await requireNotLive(workspace, run);
  const state = await foldRun(store.read(runStream(run)));
  const folder = folderOf(await foldersOfRun(state, workspace), 'generated');
  const { files, removed, edited, missing } = await filesToApply({ state, folder, only });
  const known = await knownVersions({ store, workspace: workspace.workspace, state });
  const plan = await planApply(workspace.workspace, files, { known, conflicts, removed });
  return { state, plan, edited, missing, folder: folder.folder };
}

/**
 * Finds out before anything is written whether a preview can become a commit of its own.
 * @throws MultiagentError `apply.not_whole`, `git.missing`, `git.no_repository`, `git.no_author`, `git.uncommitted`.
 */
export async function requireCommit(
  { workspace }: Pick<Workspace, 'workspace'>,
  { plan }: Pick<ApplyPreview, 'plan'>,
  { environment }: NonNullable<ApplyRunOptions['commit']>,
): Promise<void> {
  if (plan.refused.length + plan.conflicts.length > 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'apply.not_whole',
      message: 'Not every file can be applied, and --commit is all or nothing. Nothing was written.',
      hint: 'Name the files that are to be taken, use --overwrite, or leave --commit out.',
    });
  }
  await requireCommittable(workspace, pathsOf(plan), environment);
}

/**
 * Makes the changes of a preview, after a copy of everything they replace: what was shown is what is written. Nobody else works on the run meanwhile.
 * @throws MultiagentError `apply.changed` if a file of the project is no longer what the preview saw; `run.live`, `run.foreign`; as `requireCommit`.
 */
export async function applyRun(workspace: Workspace, preview: ApplyPreview, { commit, trust }: ApplyRunOptions = {}): Promise<AppliedRun> {
  const { plan, state } = preview;
  const { workspace: project, clock = systemClock } = workspace;
  await requireTrust(state, workspace.ownRuns, trust);
  const apply = async () => {
    if (commit !== undefined) await requireCommit(workspace, preview, commit);
    const backups = backupsOf(project, state.run);
    const backup = await applyChanges({ project, changes: plan.changes, backups, now: clock.now() });
    if (commit === undefined) return { backup };
    const committed = await commitFiles(project, pathsOf(plan), { message: commitMessage(state), ...commit });
    await backups.noteCommit(backup, committed.commit);
    return { backup, commit: committed };
  };
  return withOwnedRun(workspace, state.run, apply).catch((error: unknown) => {
    throw liveRun(state.run, error);
  });
}

function pathsOf({ changes }: ApplyPlan): string[] {
  return changes.map(({ path }) => path);
}
