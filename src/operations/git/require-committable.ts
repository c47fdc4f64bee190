import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { GitEnvironment } from '../../project/git/git-place.ts';
import { git } from '../../project/git/git.ts';
import { reasonOf } from '../../project/git/git-reason.ts';
import { programsOff } from '../../project/git/programs-off.ts';
import { requireAuthor } from '../../project/git/require-author.ts';
import { requireIdle } from '../../project/git/busy-with.ts';
import { requireUnfiltered } from '../../project/git/require-unfiltered.ts';
import { uncommittedFiles } from '../../project/git/uncommitted-files.ts';

/**
 * Checks, before anything is written, that these files of a folder can become a commit of their own. It must not contain uncommitted changes of a person.
 * @param standing Files that lie there already as the run has them.
 * @returns those of them that are not committed.
 * @throws MultiagentError `git.missing`, `git.no_repository`, `git.no_author`, `git.unsafe`, `git.busy`, `git.filtered`, `git.uncommitted`.
 */
export async function requireCommittable(
  folder: string,
  { changing, standing = [] }: { changing: readonly string[]; standing?: readonly string[] },
  environment: GitEnvironment,
): Promise<string[]> {
  const place = { folder, environment };
  const inside = await git(place, ['rev-parse', '--is-inside-work-tree']);
  if (inside.output.trim() !== 'true') {
    throw new MultiagentError({
      category: 'usage',
      code: 'git.no_repository',
      message: `${folder} is not in a Git repository: ${reasonOf(inside.errors) || 'it is inside ".git"'}.`,
      hint: 'Create one with "git init", or leave out --commit.',
    });
  }
  await requireAuthor(place);
  await requireIdle(place, 'Or leave out --commit.');
  const off = await programsOff(place);
  await requireUnfiltered(place, [...changing, ...standing], off);
  const changed = await uncommittedFiles(place, changing, off);
  if (changed.length === 0) return uncommittedFiles(place, standing, off);
  throw new MultiagentError({
    category: 'usage',
    code: 'git.uncommitted',
    message: `Changed and not committed: ${changed.join(', ')}. Nothing was written.`,
    hint: 'Commit or stash these changes first, so that the commit holds only what the run made. Or leave out --commit.',
  });
}
