import type { GitEnvironment } from './git-place.ts';
import { git } from './git.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { reasonOf } from './git-reason.ts';
import type { ProgramsOff } from './programs-off.ts';

/**
 * Those of these files that are not in Git as they lie there; what it ignores counts as if it were. Nothing that the repository names is started.
 * @param paths Relative to the folder, with `/`. @throws MultiagentError `git.failed` where Git cannot tell: then each of them may hold somebody's work.
 */
export async function uncommittedFiles(
  place: { folder: string; environment: GitEnvironment },
  paths: readonly string[],
  { arguments: off }: Pick<ProgramsOff, 'arguments'>,
): Promise<string[]> {
  if (paths.length === 0) return [];
  // They are told from the top of the repository on.
  const above = (await git(place, ['rev-parse', '--show-prefix'])).output.replace(/\n$/, '');
  const how = ['--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=all'];
  const { code, output, errors } = await git(place, [...off, '--literal-pathspecs', 'status', ...how, '--', ...paths]);
  if (code !== 0)
    throw new MultiagentError({
      code: 'git.failed',
      message: `Git cannot say what is not committed: ${reasonOf(errors)}. Nothing was written.`,
      hint: 'Mend that first; "git status" tells more.',
    });
  return output.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3 + above.length)]));
}
