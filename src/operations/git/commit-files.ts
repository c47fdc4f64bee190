import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import type { GitEnvironment } from '../../project/git/git-place.ts';
import { git } from '../../project/git/git.ts';
import { reasonOf } from './git-reason.ts';
import { programsOff } from './programs-off.ts';
import { requireAuthor } from './require-author.ts';
import { requireIdle } from './busy-with.ts';
import { requireUnfiltered } from './require-unfiltered.ts';
import { uncommittedFiles } from './uncommitted-files.ts';
import { proofOfRun } from '../../orchestrator/proof/proof-of-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { changeOfRun, requirementTitle } from '../../state/run/run-title.ts';

/** Paths are names, not patterns. */
const asNames = ['--literal-pathspecs'];

export interface CommitFilesOptions {
  message: string;
  environment: GitEnvironment;
  /** What commits the files, once what is wrong is mended: a command to type. */
  again: string;
}

export interface CommitResult {
  /** The abbreviated hash. */
  commit: string;
  /** Files that Git ignores. */
  ignored: string[];
}

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

/** Programs that show commits cut longer first lines. */
const longestTitle = 72;

/** The message of a commit of a run's files: what was asked for, which run it was, what its steps were, and what its checks say. */
export function commitMessage(state: RunState): string {
  const title = requirementTitle(changeOfRun(state) ?? state.input.requirement, longestTitle);
  const model = state.laterModels.at(-1) ?? state.model;
  const steps = [...state.tasks.values()].filter(({ parent }) => parent === undefined).map(({ task, status }) => `${task} (${status})`);
  const { sentences } = proofOfRun(state);
  return [
    title,
    '',
    `Written by multiagent, run ${state.run} (${state.workflow.replaceAll('_', ' ')}), with the model ${model.name}.`,
    ...(steps.length === 0 ? [] : ['', `Steps: ${steps.slice(0, mostSteps).join(', ')}${steps.length > mostSteps ? ' and more' : ''}.`]),
    ...(sentences.length === 0 ? [] : ['', ...sentences.slice(0, mostSentences)]),
    '',
  ]
    .map(printableLine)
    .join('\n');
}

const mostSteps = 20;
const mostSentences = 10;
