import { requireIdle } from '../../../project/git/busy-with.ts';
import { git } from '../../../project/git/git.ts';
import { reasonOf } from '../../../project/git/git-reason.ts';
import { requireAuthor } from '../../../project/git/require-author.ts';
import { requireUnfiltered } from '../../../project/git/require-unfiltered.ts';
import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { shownName } from '../../../utils/printable.ts';
import { ownFolderName } from '../../../utils/workspace-places.ts';
import { boundedGit } from './bounded-git.ts';
import type { Repository } from './repository.ts';

/** The branches of this machine; a star stands before the one that is checked out. */
export async function listBranches({ place }: Repository): Promise<string> {
  const text = await boundedGit(place, ['branch', '--no-color', '--list', '--format=%(HEAD) %(refname:short)']);
  return text === '' ? 'There is no branch with a commit yet.\n' : text;
}

/** Checks out a branch; makes it, if there is none of that name. @throws MultiagentError `git.…`; then nothing has changed. */
export async function switchBranch(repository: Repository, name: string): Promise<string> {
  const { place, off } = repository;
  await requireBranchName(repository, name);
  await requireIdle(place);
  const isThere = await hasBranch(repository, name);
  if (isThere) await requireOwnChanges(repository, await changedPaths(repository, ['HEAD', `refs/heads/${name}`]));
  const how = isThere ? ['--no-guess', '--no-overwrite-ignore', name] : ['--no-track', '-c', name];
  const { code, errors } = await git(place, [...off.arguments, 'switch', '--quiet', '--no-recurse-submodules', ...how]);
  if (code !== 0) throw failed(reasonOf(errors));
  return isThere ? `Switched to the branch ${shownName(name)}.\n` : `Made the branch ${shownName(name)} and switched to it.\n`;
}

/** Merges a branch of this machine into the one that is checked out. A merge with conflicts is taken back. @throws MultiagentError `git.…`. */
export async function mergeBranch(repository: Repository, name: string): Promise<string> {
  const { place, off } = repository;
  await requireBranchName(repository, name);
  if (!(await hasBranch(repository, name))) throw failed(`there is no branch ${shownName(name)} on this machine`);
  await requireAuthor(place);
  await requireIdle(place);
  await requireNoDriver(repository);
  await requireOwnChanges(repository, await changedPaths(repository, [`HEAD...refs/heads/${name}`]));
  const current = (await git(place, ['branch', '--show-current'])).output.trim();
  if (current === '') throw failed('no branch is checked out');
  const settings = ['-c', 'merge.directoryRenames=false', '-c', `branch.${current}.mergeOptions=`];
  const how = ['--no-edit', '--no-verify-signatures', '--no-gpg-sign', '--no-overwrite-ignore', '--no-autostash', '--quiet', '--no-stat'];
  const { code, errors, output } = await git(place, [...off.arguments, ...settings, 'merge', ...how, `refs/heads/${name}`]);
  if (code === 0) return `Merged ${shownName(name)} into ${shownName(current)}.\n`;
  const conflicts = (await git(place, [...off.arguments, 'diff', '--name-only', '--diff-filter=U', '-z'])).output.split('\0').slice(0, -1);
  if (conflicts.length === 0) throw failed(reasonOf(errors) || reasonOf(output) || 'Git does not say why');
  const back = await git(place, [...off.arguments, 'merge', '--abort']);
  const state = back.code === 0 ? 'The merge was taken back: nothing has changed' : `It could not be taken back: ${reasonOf(back.errors)}`;
  throw failed(`the branches have changed the same lines of ${conflicts.map(shownName).join(', ')}. ${state}`);
}

async function hasBranch({ place }: Repository, name: string): Promise<boolean> {
  return (await git(place, ['show-ref', '--verify', '--quiet', `refs/heads/${name}`])).code === 0;
}

async function requireBranchName({ place }: Repository, name: string): Promise<void> {
  // What Git takes for an option, or for another commit than that of a branch.
  const isName = !/^-|[@\0]/.test(name) && name !== 'HEAD' && (await git(place, ['check-ref-format', `refs/heads/${name}`])).code === 0;
  if (!isName) throw failed(`'${shownName(name)}' cannot be the name of a branch`);
}

async function changedPaths({ place, off }: Repository, between: readonly string[]): Promise<string[]> {
  const how = ['--name-only', '-z', '--no-renames', '--no-relative', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all'];
  return (await boundedGit(place, [...off.arguments, 'diff', ...how, ...between, '--'])).split('\0').filter((path) => path !== '');
}

/** Only files of the project are changed, none of them by a program of the repository, and the journal is none of its files. */
async function requireOwnChanges({ place, off, prefix }: Repository, paths: readonly string[]): Promise<void> {
  const outside = paths.find((path) => !path.startsWith(prefix));
  if (outside !== undefined) throw failed(`it would change ${shownName(outside)}, which is not in the project's folder`);
  if (paths.some((path) => path.split('/').some((name) => name.toLowerCase() === ownFolderName)))
    throw failed(`it would change files in ${ownFolderName}, which is not part of the project`);
  const inside = paths.map((path) => path.slice(prefix.length));
  await requireUnfiltered(place, inside, off);
}

/** A program that the repository names for merging files. What a person has set for all repositories counts. */
async function requireNoDriver({ place }: Repository): Promise<void> {
  const { output } = await git(place, ['config', '--list', '--show-scope', '--name-only', '-z']);
  const words = output.split('\0');
  const isOwn = words.some((key, at) => /^merge\..+\.driver$/.test(key) && !['global', 'system'].includes(words[at - 1] ?? ''));
  if (isOwn) throw failed('the settings of the repository name a program that merges files, and it is not started');
}

function failed(why: string): MultiagentError {
  return new MultiagentError({ code: 'git.failed', message: `Git could not do it: ${why}.` });
}
