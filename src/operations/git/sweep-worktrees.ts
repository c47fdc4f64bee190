import { realpathSync } from 'node:fs';
import { runStream } from '../../events/run-stream.ts';
import { worktreeFolder } from '../../orchestrator/project-folder.ts';
import type { GitEnvironment } from '../../project/git/git-place.ts';
import { git } from '../../project/git/git.ts';
import type { Workspace } from '../workspace.ts';
import { abandonedWorktrees, unmarkWorktree } from './worktree-mark.ts';
import { takeBackWorktree } from './worktree.ts';

/**
 * Takes back the worktrees that killed processes have made for runs that never began, with their branches: otherwise these would be in the way of the next run
 * with the same branch. A branch with commits of its own stays, and so does everything that a run has begun with.
 * @param environment The variables that Git gets.
 * @returns the names of the branches that are free again. @throws MultiagentError `git.missing`.
 * @example
 * const branches = await sweepWorktrees(orchestrator, process.env);
 * console.log(branches.length); // 0
 */
export async function sweepWorktrees(
  { workspace, store }: Pick<Workspace, 'workspace' | 'store'>,
  environment: GitEnvironment,
): Promise<string[]> {
  const freed: string[] = [];
  for (const run of await abandonedWorktrees(workspace)) {
    const worktree = (await hasEvents(store, run)) ? undefined : await registeredAt(workspace, run, environment);
    if (worktree !== undefined) {
      await takeBackWorktree(workspace, { run, prefix: '', ...worktree }, environment);
      freed.push(worktree.branch);
    }
    await unmarkWorktree(workspace, run);
  }
  return freed;
}

async function hasEvents(store: Workspace['store'], run: string): Promise<boolean> {
  for await (const _ of store.read(runStream(run))) return true;
  return false;
}

/** The branch and the commit of a worktree as Git knows them, if the branch holds nothing that the one which is checked out does not. */
async function registeredAt(
  workspace: string,
  run: string,
  environment: GitEnvironment,
): Promise<{ branch: string; commit: string } | undefined> {
  const place = { folder: workspace, environment };
  const { output } = await git(place, ['worktree', 'list', '--porcelain', '-z']);
  const folders = [worktreeFolder(realpathSync(workspace), run), worktreeFolder(workspace, run)];
  for (const entry of output.split('\0\0')) {
    const lines = new Map(entry.split('\0').map((line) => [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)]));
    const branch = lines.get('branch')?.replace(/^refs\/heads\//, '');
    const commit = lines.get('HEAD');
    if (branch === undefined || commit === undefined || !folders.includes(lines.get('worktree') ?? '')) continue;
    const isMerged = await git(place, ['merge-base', '--is-ancestor', commit, 'HEAD']);
    return isMerged.code === 0 ? { branch, commit } : undefined;
  }
  return undefined;
}
