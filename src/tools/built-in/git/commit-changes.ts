import { requireIdle } from '../../../project/git/busy-with.ts';
import { commitFiles } from '../../../project/git/commit-files.ts';
import { git } from '../../../project/git/git.ts';
import { requireAuthor } from '../../../project/git/require-author.ts';
import { requireUnfiltered } from '../../../project/git/require-unfiltered.ts';
import { uncommittedFiles } from '../../../project/git/uncommitted-files.ts';
import { readTextBelow } from '../../../project/below/read-text-below.ts';
import { findSecret } from '../../../project/choosing/find-secret.ts';
import { isSecretFileName } from '../../../utils/credential-names.ts';
import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { printable, shownName } from '../../../utils/printable.ts';
import { ownFolderName } from '../../../utils/workspace-places.ts';
import type { ToolContext } from '../../tool.ts';
import type { Repository } from './repository.ts';

/** A larger file is not looked through for secrets, in bytes. */
const mostBytes = 2_000_000;

/**
 * Commits what has changed in the project's folder, in the person's name, but no secrets. No hook runs. What the person has staged elsewhere stays staged.
 * @throws MultiagentError `git.no_author`, `git.busy`, `git.filtered`, `git.nothing`, `git.failed`.
 */
export async function commitChanges({ place, off }: Repository, message: string, { workspace }: ToolContext): Promise<string> {
  await requireAuthor(place);
  await requireIdle(place);
  const changed = (await uncommittedFiles(place, ['.'], off)).filter((path) => !path.split('/').includes(ownFolderName));
  // A repository within would become a link to it.
  const kept = changed.filter((path) => path.endsWith('/') || looksSecret(workspace, path));
  const paths = changed.filter((path) => !kept.includes(path));
  const notes =
    kept.length === 0
      ? ''
      : `Not committed, because they look like secrets or are repositories of their own: ${kept.map(shownName).join(', ')}\n`;
  if (paths.length === 0) throw new MultiagentError({ code: 'git.nothing', message: `There is nothing to commit. ${notes}`.trim() });
  await requireUnfiltered(place, paths, off);
  const { environment, folder } = place;
  const { commit } = await commitFiles(folder, paths, { message: printable(message), environment, again: 'git commit' });
  const branch = (await git(place, ['branch', '--show-current'])).output.trim();
  const on = branch === '' ? '' : ` on ${shownName(branch)}`;
  return `Committed ${paths.length} ${paths.length === 1 ? 'file' : 'files'} as ${commit}${on}:\n${paths.map((path) => `${shownName(path)}\n`).join('')}${notes}`;
}

function looksSecret(workspace: string, path: string): boolean {
  if (isSecretFileName(path.slice(path.lastIndexOf('/') + 1))) return true;
  const found = readTextBelow(workspace, path, mostBytes);
  return found.kind === 'text' && findSecret(found.text) !== undefined;
}
