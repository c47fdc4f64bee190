import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { git, type GitEnvironment } from '../../project/git/git.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { changeOfRun, requirementTitle } from '../../state/run/run-title.ts';

/** Paths are names, not patterns. */
const asNames = ['--literal-pathspecs'];

export interface CommitResult {
  /** The abbreviated hash. */
  commit: string;
  /** Files that Git ignores. */
  ignored: string[];
}

/**
 * Checks, before anything is written, that these files of a folder can become a commit of their own. It must not contain uncommitted changes of a person.
 * @throws MultiagentError `git.missing`, `git.no_repository`, `git.no_author`, `git.uncommitted`.
 */
export async function requireCommittable(folder: string, paths: readonly string[], environment: GitEnvironment): Promise<void> {
  const place = { folder, environment };
  const inside = await git(place, ['rev-parse', '--is-inside-work-tree']);
  if (inside.output.trim() !== 'true') {
    throw new MultiagentError({
      category: 'usage',
      code: 'git.no_repository',
      message: `${folder} is not in a Git repository: ${reason(inside.errors) || 'it is inside ".git"'}.`,
      hint: 'Create one with "git init", or leave out --commit.',
    });
  }
  const author = await git(place, ['var', 'GIT_COMMITTER_IDENT']);
  if (author.code !== 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'git.no_author',
      message: 'Git does not know the author of commits.',
      hint: 'Set it with git config user.name "…" and git config user.email "…", or leave out --commit.',
    });
  }
  const { output } = await git(place, [
    ...asNames,
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--',
    ...paths,
  ]);
  const changed = output.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)]));
  if (changed.length === 0) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'git.uncommitted',
    message: `Changed and not committed: ${changed.join(', ')}. Nothing was written.`,
    hint: 'Commit or stash these changes first, so that the commit holds only what the run made. Or leave out --commit.',
  });
}

/** Commits these files and nothing else, even if others are staged. @throws MultiagentError `git.failed`; the files stay written. */
export async function commitFiles(
  folder: string,
  paths: readonly string[],
  { message, environment }: { message: string; environment: GitEnvironment },
): Promise<CommitResult> {
  const place = { folder, environment };
  const ignored = (await git(place, ['check-ignore', '-z', '--stdin'], paths.map((path) => `${path}\0`).join(''))).output
    .split('\0')
    .filter((path) => path !== '');
  const wanted = paths.filter((path) => !ignored.includes(path));
  if (wanted.length === 0) throw failed('Git ignores all of them');
  const list = wanted.map((path) => `${path}\0`).join('');
  const fromList = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const added = await git(place, [...asNames, 'add', '--intent-to-add', ...fromList], list);
  if (added.code !== 0) throw failed(reason(added.errors));
  const committed = await git(place, [...asNames, 'commit', '--quiet', '--no-verify', '--only', `--message=${message}`, ...fromList], list);
  if (committed.code !== 0) {
    await git(place, [...asNames, 'reset', '--quiet', ...fromList], list);
    throw failed(reason(committed.errors) || reason(committed.output) || 'Git does not say why');
  }
  const { output } = await git(place, ['rev-parse', '--short', 'HEAD']);
  return { commit: output.trim(), ignored };
}

function failed(why: string): MultiagentError {
  return new MultiagentError({
    code: 'git.failed',
    message: `The files are written, but not committed: ${why}.`,
    hint: 'Commit them yourself, or undo them with "multiagent undo --applied".',
  });
}

/** What Git says is wrong, without its advice. */
function reason(text: string): string {
  const lines = text.trimEnd().split('\n');
  const line = lines.find((told) => /^(?:fatal|error): /.test(told)) ?? lines.at(-1) ?? '';
  return printableLine(line)
    .replace(/^(?:fatal|error): /, '')
    .replace(/[.:]$/, '');
}

/** Programs that show commits cut longer first lines. */
const longestTitle = 72;

/** The message of a commit of a run's files: what was asked for, then which run it was. */
export function commitMessage(state: RunState): string {
  const title = requirementTitle(changeOfRun(state) ?? state.input.requirement, longestTitle);
  const model = state.laterModels.at(-1) ?? state.model;
  return [
    printableLine(title),
    '',
    printableLine(`Written by multiagent, run ${state.run} (${state.workflow.replaceAll('_', ' ')}), with the model ${model.name}.`),
    '',
  ].join('\n');
}
