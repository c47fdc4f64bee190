import type { GitEnvironment } from './git-place.ts';
import { git } from './git.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import type { ProgramsOff } from './programs-off.ts';

/**
 * A filter that the repository names may encrypt what goes into a commit, and it is not started: such files are not committed.
 * @throws MultiagentError `git.filtered`.
 */
export async function requireUnfiltered(
  place: { folder: string; environment: GitEnvironment },
  paths: readonly string[],
  { filters }: Pick<ProgramsOff, 'filters'>,
): Promise<void> {
  if (filters.size === 0) return;
  const { output } = await git(place, ['check-attr', '-z', '--stdin', 'filter'], paths.map((path) => `${path}\0`).join(''));
  const words = output.split('\0');
  for (let at = 0; at + 2 < words.length; at += 3) {
    const [path = '', , filter = ''] = words.slice(at, at + 3);
    if (!filters.has(filter)) continue;
    throw new MultiagentError({
      category: 'usage',
      code: 'git.filtered',
      message: `${printableLine(path)} goes through the filter ${printableLine(filter)} of the repository, which is a program and is not started. Nothing was written.`,
      hint: 'Bring the files into the project with "multiagent apply", without --commit, and commit them yourself.',
    });
  }
}
