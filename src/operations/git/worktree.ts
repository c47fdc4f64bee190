import type { GitEnvironment } from '../../project/git/git-place.ts';
import { git } from '../../project/git/git.ts';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { worktreeFolder } from '../../orchestrator/project-folder.ts';
import type { Worktree } from '../../orchestrator/workflow.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { ensureOwnFolder } from '../../utils/own-folder.ts';
import { printableLine } from '../../utils/printable.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';
import { requireIdle } from '../../project/git/busy-with.ts';
import { reasonOf } from '../../project/git/git-reason.ts';
import { programsOff } from '../../project/git/programs-off.ts';
import { requireAuthor } from '../../project/git/require-author.ts';
import { markWorktree, unmarkWorktree } from './worktree-mark.ts';

/** For which run a worktree is made, and on which branch. */
export interface AddWorktreeOptions {
  /** Absolute: the project's folder. */
  workspace: string;
  /** The id that the run is going to have. */
  run: string;
  /** A new branch. Default: `multiagent/<run>`. */
  branch?: string | undefined;
  /** The variables that Git gets. */
  environment: GitEnvironment;
}

/**
 * Makes a Git worktree for a run, with a new branch at the commit that is checked out: what is not committed is not in it. It lies in the workspace's own folder,
 * which Git ignores. Once the run has begun, or will not, `unmarkWorktree` is called; until then `sweepWorktrees` takes it back after a process that was killed. No hook and no program of the repository's settings is started.
 * @throws MultiagentError `git.missing`, `git.no_author`, `git.unsafe`, `git.busy`, `worktree.…`; then nothing has changed.
 * @example
 * const { workspace, clock } = orchestrator;
 * const id = createRunId(clock.now());
 * const worktree = await addWorktree({ workspace, run: id, environment: process.env });
 * console.log(worktree.branch === `multiagent/${id}`); // true
 * try {
 *   const { result } = startRun(orchestrator, { workflow: 'bug_fix', requirement, worktree }, { run: id });
 *   console.log((await result).status); // completed
 * } finally {
 *   await unmarkWorktree(workspace, id);
 * }
 */
export async function addWorktree({ workspace, run, branch = `multiagent/${run}`, environment }: AddWorktreeOptions): Promise<Worktree> {
  const place = { folder: workspace, environment };
  await requireRepository(place);
  const commit = await commitOf(place);
  await requireBranch(place, branch);
  await requireIdle(place);
  await requireAuthor(place);
  const folder = worktreeFolder(workspace, run);
  if (existsSync(folder))
    throw usage('exists', `There is a worktree of the run ${run} already: ${folder}.`, 'Remove it with: git worktree remove <folder>');
  const { output } = await git(place, ['rev-parse', '--show-prefix']);
  const prefix = output.replace(/\/?\n$/, '');
  if (prefix !== '') await requireCommitted(place, commit, prefix);
  await ensureOwnFolder(join(workspace, ownFolderName));
  await ensureFolder(dirname(folder));
  if (!isPlainlyIn(workspace, dirname(folder)))
    throw usage('link', `${dirname(folder)} is a link, and worktrees are made in the project only.`, 'Remove the link.');
  const worktree = { run, branch, commit, prefix };
  await markWorktree(workspace, run);
  const added = await git(place, ['worktree', 'add', '--quiet', '--no-checkout', '--no-track', '-b', branch, folder, commit]);
  try {
    // Git makes the branch before it finds that it cannot make the rest.
    if (added.code !== 0) throw failed(added.errors);
    await checkOut({ folder, environment });
  } catch (error) {
    await takeBackWorktree(workspace, worktree, environment);
    throw error;
  }
  return worktree;
}

/** Settings may hold on one branch or in one folder only: what is to be switched off is seen in the worktree and nowhere else. */
async function checkOut(place: Place): Promise<void> {
  const off = await programsOff(place);
  const filled = await git(place, [...off.arguments, 'reset', '--quiet', '--hard']);
  if (filled.code !== 0) throw failed(filled.errors);
}

function failed(errors: string): MultiagentError {
  return usage('failed', `Git could not make a worktree: ${reasonOf(errors)}.`, 'Mend that, or leave out --worktree.');
}

/** What is not in the commit is not in the worktree either. */
async function requireCommitted(place: Place, commit: string, prefix: string): Promise<void> {
  const there = await git(place, ['rev-parse', '--verify', '--quiet', `${commit}:${prefix}`]);
  if (there.code === 0) return;
  throw usage(
    'not_committed',
    `Nothing in ${printableLine(prefix)} is committed, and a worktree holds only what is.`,
    'Commit what is there, or leave out --worktree.',
  );
}

/** Whether a place is reached without a link. */
function isPlainlyIn(workspace: string, place: string): boolean {
  return realOf(place) === join(realOf(workspace) ?? workspace, place.slice(workspace.length));
}

/** Takes back a worktree that no run has begun with. A branch that has commits of its own stays. */
export async function takeBackWorktree(workspace: string, { run, branch, commit }: Worktree, environment: GitEnvironment): Promise<void> {
  const place = { folder: workspace, environment };
  // Twice: Git has locked it where it was killed while it made it.
  await git(place, ['worktree', 'remove', '--force', '--force', worktreeFolder(workspace, run)]);
  await git(place, ['update-ref', '-d', `refs/heads/${branch}`, commit]);
  await unmarkWorktree(workspace, run);
}

/**
 * The folder of a worktree, once it is sure to be one of this repository, with its branch checked out.
 * @throws MultiagentError `worktree.gone`.
 */
export async function openWorktree(workspace: string, { run, branch }: Worktree, environment: GitEnvironment): Promise<string> {
  const folder = worktreeFolder(workspace, run);
  const gone = (why: string) =>
    usage(
      'gone',
      `The worktree of the run ${run} ${why}: ${folder}.`,
      'The files of the run are still there: multiagent apply brings them into the project.',
    );
  if (realOf(folder) === undefined) throw gone('is not there any more');
  if (!isPlainlyIn(workspace, folder)) throw gone('is reached through a link');
  const common = async (at: string) => {
    const { output } = await git({ folder: at, environment }, ['rev-parse', '--path-format=absolute', '--git-common-dir']);
    return output.trim();
  };
  if ((await common(folder)) !== (await common(workspace))) throw gone('belongs to another repository');
  const { output: head } = await git({ folder, environment }, ['symbolic-ref', '--quiet', 'HEAD']);
  if (head.trim() !== `refs/heads/${branch}`) throw gone(`does not have its branch ${printableLine(branch)} checked out`);
  return folder;
}

type Place = { folder: string; environment: GitEnvironment };

async function requireRepository(place: Place): Promise<void> {
  const inside = await git(place, ['rev-parse', '--is-inside-work-tree']);
  if (inside.output.trim() === 'true') return;
  const bare = await git(place, ['rev-parse', '--is-bare-repository']);
  if (bare.output.trim() === 'true') throw usage('bare', `${place.folder} is a bare Git repository.`, 'Clone it, and run in the clone.');
  throw usage(
    'no_repository',
    `${place.folder} is not in a Git repository: ${reasonOf(inside.errors)}.`,
    'Create one with "git init" and commit, or leave out --worktree.',
  );
}

async function commitOf(place: Place): Promise<string> {
  const commit = await git(place, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (commit.code !== 0)
    throw usage(
      'no_commit',
      'The Git repository has no commit yet, and a worktree begins with one.',
      'Commit what is there, or leave out --worktree.',
    );
  const branch = await git(place, ['symbolic-ref', '--quiet', 'HEAD']);
  if (branch.code !== 0)
    throw usage(
      'detached',
      'No branch is checked out, so it is unclear what the run is to build on.',
      'Check one out with: git switch <branch>',
    );
  return commit.output.trim();
}

async function requireBranch(place: Place, branch: string): Promise<void> {
  const valid = branch.startsWith('-') ? { code: 1 } : await git(place, ['check-ref-format', `refs/heads/${branch}`]);
  if (valid.code !== 0)
    throw usage(
      'branch',
      `"${printableLine(branch)}" cannot be the name of a branch.`,
      'What follows --worktree is taken for its name. Write --worktree=<branch>, or put --worktree last.',
    );
  const there = await git(place, ['show-ref', '--verify', '--quiet', `refs/heads/${branch}`]);
  if (there.code === 0)
    throw usage('branch_exists', `The branch ${printableLine(branch)} exists already.`, 'Name a new one: --worktree <branch>');
}

function usage(code: string, message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code: `worktree.${code}`, message, hint });
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
