import { applyChanges, type ApplyPlan, planApply } from '../project/changes/apply-files.ts';
import { filesToApply } from '../orchestrator/artifacts/files-to-apply.ts';
import { requireTrust } from '../orchestrator/run/foreign-run.ts';
import { foldersOfRun } from '../orchestrator/run/folders-of-run.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { folderOf } from '../orchestrator/journal/run-folders.ts';
import { runStream } from '../events/run-stream.ts';
import { foldRun, type RunState } from '../state/run/run-state.ts';
import { systemClock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { commitFiles, type CommitResult } from '../project/git/commit-files.ts';
import { commitMessage } from './git/commit-message.ts';
import { requireCommittable } from './git/require-committable.ts';
import { knownVersions } from './known-versions.ts';
import { liveRun, requireNotLive } from './live-runs.ts';
import { backupsOf } from './project-backups.ts';
import type { Workspace } from './workspace.ts';

/** Which files are to be applied, and what to do about those that somebody else has changed. */
export interface PreviewApplyOptions {
  /** Files of the run, or folders of it. Default: every file but the replies of text steps. */
  only?: readonly string[] | undefined;
  /** What to do where somebody else has changed a file: `overwrite` takes the run's version. Default: `refuse`. */
  conflicts?: 'refuse' | 'overwrite' | undefined;
}

/** What applying a run would change in the project. */
export interface ApplyPreview {
  state: RunState;
  plan: ApplyPlan;
  /** Files that a person has changed in the run's folder. They are applied as they are now. */
  edited: string[];
  /** Files that a person has removed from the run's folder. */
  missing: string[];
  /** The run's folder. */
  folder: string;
}

/** Whether what is applied is committed. */
export interface ApplyRunOptions {
  /** Commits what was written, and nothing else. Git gets these variables. Absent: nothing is committed. */
  commit?: { environment: Readonly<Record<string, string | undefined>> } | undefined;
  /** Allows this for a run that was not started here. */
  trust?: boolean | undefined;
}

/** What applying a run has left: the copy of what it replaced, and the commit. */
export interface AppliedRun {
  /** Absolute path of the copy of what was replaced. Absent where nothing was written. */
  backup?: string | undefined;
  commit?: CommitResult | undefined;
}

/**
 * Tells what applying a run would change. Writes nothing. @throws MultiagentError `run.not_found`, `run.live`, `run.elsewhere`; `usage` for a file that the run does not have.
 * @example
 * const { plan } = await previewApply(orchestrator, run, { only: ['src'] });
 * for (const { path, before } of plan.changes) console.log(before === undefined ? 'new' : 'changed', path);
 * console.log(plan.conflicts.length); // 0
 */
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
 * Checks, before anything is written, that a preview can become a commit of its own.
 * @returns the files that are to be committed: those that change, and those that the project has already and Git has not, as after an `apply` that was killed.
 * @throws MultiagentError `apply.not_whole`, `git.missing`, `git.no_repository`, `git.no_author`, `git.unsafe`, `git.busy`, `git.filtered`, `git.uncommitted`.
 */
export async function requireCommit(
  { workspace }: Pick<Workspace, 'workspace'>,
  { plan }: Pick<ApplyPreview, 'plan'>,
  { environment }: NonNullable<ApplyRunOptions['commit']>,
): Promise<string[]> {
  if (plan.refused.length + plan.conflicts.length > 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'apply.not_whole',
      message: 'Not every file can be applied, and --commit takes all or nothing. Nothing was written.',
      hint: 'Name the files to apply, use --overwrite, or leave out --commit.',
    });
  }
  const changing = plan.changes.map(({ path }) => path);
  return [...changing, ...(await requireCommittable(workspace, { changing, standing: plan.same }, environment))];
}

/**
 * Writes exactly what the preview showed, after it has copied everything that this replaces. Nobody else can work on the run meanwhile.
 * @throws MultiagentError `apply.changed` if a file of the project has changed since the preview; `run.live`, `run.foreign`; what `requireCommit` throws.
 * @example
 * const preview = await previewApply(orchestrator, run);
 * const { backup } = await applyRun(orchestrator, preview);
 * console.log(backup !== undefined); // true
 */
export async function applyRun(workspace: Workspace, preview: ApplyPreview, { commit, trust }: ApplyRunOptions = {}): Promise<AppliedRun> {
  const { plan, state } = preview;
  const { workspace: project, clock = systemClock } = workspace;
  await requireTrust(state, workspace.ownRuns, trust);
  const apply = async () => {
    const due = commit === undefined ? [] : await requireCommit(workspace, preview, commit);
    const backups = backupsOf(project, state.run);
    const { changes } = plan;
    const backup = changes.length === 0 ? undefined : await applyChanges({ project, changes, backups, now: clock.now() });
    if (commit === undefined || due.length === 0) return { backup };
    const committed = await commitFiles(project, due, {
      message: commitMessage(state),
      again: `multiagent apply ${state.run} --commit`,
      ...commit,
    });
    const applied = backup ?? (await backups.latest())?.folder;
    if (applied !== undefined) await backups.noteCommit(applied, committed.commit);
    return { backup, commit: committed };
  };
  return withOwnedRun(workspace, state.run, apply).catch((error: unknown) => {
    throw liveRun(state.run, error);
  });
}
