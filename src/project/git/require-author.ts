import type { GitEnvironment } from './git-place.ts';
import { git } from './git.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** Commits are a person's, and Git has to know whose. @throws MultiagentError `git.no_author`. */
export async function requireAuthor(place: { folder: string; environment: GitEnvironment }): Promise<void> {
  const author = await git(place, ['var', 'GIT_COMMITTER_IDENT']);
  if (author.code === 0) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'git.no_author',
    message: 'Git does not know the author of commits.',
    hint: 'Set it with git config user.name "…" and git config user.email "…", or leave out --commit or --worktree.',
  });
}
