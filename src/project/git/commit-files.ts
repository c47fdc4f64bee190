import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { GitEnvironment } from './git-place.ts';
import { git } from './git.ts';
import { reasonOf } from './git-reason.ts';
import { programsOff } from './programs-off.ts';

/** Paths are names, not patterns. */
const asNames = ['--literal-pathspecs'];

export interface CommitFilesOptions {
  message: string;
  environment: GitEnvironment;
  /** What commits the files, once what is wrong is mended: a command to type. */
  again: string;
}

/** A commit that was made of the files of a run. */
export interface CommitResult {
  /** The abbreviated hash. */
  commit: string;
  /** Files that Git ignores. */
  ignored: string[];
}

/**
 * Commits these files and nothing else, even if others are staged. No hook runs, and nothing that the settings of the repository itself name.
 * @throws MultiagentError `git.failed`; the files stay written.
 */
export async function commitFiles(
  folder: string,
  paths: readonly string[],
  { message, environment, again }: CommitFilesOptions,
): Promise<CommitResult> {
  const place = { folder, environment };
  const ignored = (await git(place, ['check-ignore', '-z', '--stdin'], paths.map((path) => `${path}\0`).join(''))).output
    .split('\0')
    .filter((path) => path !== '');
  const wanted = paths.filter((path) => !ignored.includes(path));
  if (wanted.length === 0) throw failed('Git ignores all of them', again);
  const list = wanted.map((path) => `${path}\0`).join('');
  const off = await programsOff(place);
  const fromList = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const added = await git(place, [...off.arguments, ...asNames, 'add', '--intent-to-add', ...fromList], list);
  if (added.code !== 0) throw failed(reasonOf(added.errors), again);
  const committed = await git(
    place,
    [...off.arguments, ...asNames, 'commit', '--quiet', '--no-verify', '--only', `--message=${message}`, ...fromList],
    list,
  );
  if (committed.code !== 0) {
    await git(place, [...off.arguments, ...asNames, 'reset', '--quiet', ...fromList], list);
    throw failed(reasonOf(committed.errors) || reasonOf(committed.output) || 'Git does not say why', again);
  }
  const { output } = await git(place, ['rev-parse', '--short', 'HEAD']);
  return { commit: output.trim(), ignored };
}

function failed(why: string, again: string): MultiagentError {
  return new MultiagentError({
    code: 'git.failed',
    message: `The files are written, but not committed: ${why}.`,
    hint: `Mend that, then commit them with: ${again}`,
  });
}
