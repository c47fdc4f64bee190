import { applyChanges, planApply } from '../../project/changes/apply-files.ts';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { runStream } from '../../events/run-stream.ts';
import { filesToApply } from '../../orchestrator/artifacts/files-to-apply.ts';
import { folderOf } from '../../orchestrator/journal/run-folders.ts';
import { withOwnedRun } from '../../orchestrator/journal/own-run.ts';
import { requireTrust } from '../../orchestrator/run/foreign-run.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import type { GitEnvironment } from '../../project/git/git-place.ts';
import { git } from '../../project/git/git.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { systemClock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { Workspace } from '../workspace.ts';
import { commitFiles } from '../../project/git/commit-files.ts';
import { commitMessage } from './commit-message.ts';
import { requireIdle } from '../../project/git/busy-with.ts';
import { programsOff } from '../../project/git/programs-off.ts';
import { requireUnfiltered } from '../../project/git/require-unfiltered.ts';
import { uncommittedFiles } from '../../project/git/uncommitted-files.ts';
import { openWorktree } from './worktree.ts';

/** The worktree of a run, and the commit that was made in it. */
export interface CommittedWorktree {
  /** Absolute. */
  folder: string;
  branch: string;
  /** The abbreviated hash; absent: the run has changed nothing. */
  commit?: string | undefined;
  /** Files that Git ignores. */
  ignored: string[];
}

/**
 * Brings the files of a run into its Git worktree and commits them there. What is there already is not done again: after a process that was killed it is called once
 * more. The files that the person has checked out are not touched.
 * @returns undefined for a run without a worktree.
 * @throws MultiagentError `worktree.gone`, `worktree.conflict`, `git.busy`, `git.filtered`, `git.failed`, `run.live`, `run.foreign`.
 * @example
 * const { workspace, clock } = orchestrator;
 * const id = createRunId(clock.now());
 * const environment = process.env;
 * const worktree = await addWorktree({ workspace, run: id, branch: 'login-fix', environment });
 * await startRun(orchestrator, { workflow: 'bug_fix', requirement, worktree }, { run: id }).result;
 * await unmarkWorktree(workspace, id);
 * const committed = await commitWorktree(orchestrator, id, { environment });
 * console.log(committed?.branch); // login-fix
 */
export async function commitWorktree(
  workspace: Workspace,
  run: string,
  { environment, trust }: { environment: GitEnvironment; trust?: boolean | undefined },
): Promise<CommittedWorktree | undefined> {
  const { input } = await foldRun(workspace.store.read(runStream(run)));
  const { worktree } = input;
  if (worktree === undefined) return undefined;
  return withOwnedRun(workspace, run, async ({ state }) => {
    await requireTrust(state, workspace.ownRuns, trust);
    const folder = await openWorktree(workspace.workspace, worktree, environment);
    const place = { folder, environment };
    const { files, removed } = await filesToApply({
      state,
      folder: folderOf(await foldersOfRun(state, workspace), 'generated'),
      only: undefined,
    });
    const inRepository = <File extends { path: string }>(file: File) => ({
      ...file,
      path: worktree.prefix === '' ? file.path : `${worktree.prefix}/${file.path}`,
    });
    const paths = [...files, ...removed].map((file) => inRepository(file).path);
    await requireIdle(place);
    const off = await programsOff(place);
    await requireUnfiltered(place, paths, off);
    const dirty = new Set(await uncommittedFiles(place, paths, off));
    const disk = new RunFolder(folder);
    const plan = await planApply(folder, files.map(inRepository), {
      known: {
        base: async (path) => (dirty.has(path) ? undefined : disk.read(path)),
        wasThere: () => false,
        wasBrought: (path) => !dirty.has(path),
      },
      removed: removed.map(inRepository),
    });
    const open = [...plan.conflicts, ...plan.refused].map(({ path }) => path);
    if (open.length > 0) throw conflict(run, folder, open);
    // Git has what is replaced.
    const backups = { owner: run, add: async () => folder };
    await applyChanges({ project: folder, changes: plan.changes, backups, now: (workspace.clock ?? systemClock).now() });
    const due = await uncommittedFiles(place, paths, off);
    const ignored = await ignoredOf(place, paths);
    const { branch } = worktree;
    if (due.length > 0) {
      const { commit } = await commitFiles(folder, due, { message: commitMessage(state), environment, again: `multiagent resume ${run}` });
      return { folder, branch, commit, ignored };
    }
    const { output: head } = await git(place, ['rev-parse', 'HEAD']);
    const { output: short } = await git(place, ['rev-parse', '--short', 'HEAD']);
    return { folder, branch, ...(head.trim() === worktree.commit ? {} : { commit: short.trim() }), ignored };
  });
}

async function ignoredOf(place: { folder: string; environment: GitEnvironment }, paths: readonly string[]): Promise<string[]> {
  const { output } = await git(place, ['check-ignore', '-z', '--stdin'], paths.map((path) => `${path}\0`).join(''));
  return output.split('\0').filter((path) => path !== '');
}

function conflict(run: string, folder: string, paths: readonly string[]): MultiagentError {
  return new MultiagentError({
    code: 'worktree.conflict',
    message: `In the worktree of the run somebody has changed what the run changed, or stands in its way: ${paths.join(', ')}. Nothing was written there.`,
    hint: `Take that back in ${folder}, then go on with: multiagent resume ${run}`,
  });
}
