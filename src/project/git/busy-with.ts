import type { GitEnvironment } from './git-place.ts';
import { git } from './git.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { existsSync } from 'node:fs';

/** What lies in a repository while something is under way that a person has to end. */
const underWay: readonly [file: string, what: string, hint: string][] = [
  ['MERGE_HEAD', 'a merge', 'git merge --continue, or git merge --abort'],
  ['rebase-merge', 'a rebase', 'git rebase --continue, or git rebase --abort'],
  ['rebase-apply', 'a rebase', 'git rebase --continue, or git rebase --abort'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick', 'git cherry-pick --continue, or git cherry-pick --abort'],
  ['REVERT_HEAD', 'a revert', 'git revert --continue, or git revert --abort'],
  ['BISECT_LOG', 'a bisection', 'git bisect reset'],
];

/**
 * Nothing is committed, and no worktree made, while something is under way in the repository of a folder.
 * @param otherwise What else a person can do; a sentence. @throws MultiagentError `git.busy`.
 */
export async function requireIdle(place: { folder: string; environment: GitEnvironment }, otherwise?: string): Promise<void> {
  const { output } = await git(place, ['rev-parse', '--path-format=absolute', ...underWay.flatMap(([file]) => ['--git-path', file])]);
  const found = output.split('\n').findIndex((path) => path !== '' && existsSync(path));
  const [, what, hint] = underWay[found] ?? [];
  if (what === undefined || hint === undefined) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'git.busy',
    message: `The Git repository is in the middle of ${what}. Nothing was written.`,
    hint: [`End it first: ${hint}.`, ...(otherwise === undefined ? [] : [otherwise])].join(' '),
  });
}
