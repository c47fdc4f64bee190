import { reasonToHide } from '../../../project/choosing/read-shown-file.ts';
import { findSecret } from '../../../project/choosing/find-secret.ts';
import { git } from '../../../project/git/git.ts';
import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { shownName } from '../../../utils/printable.ts';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { ownFolderName } from '../../../utils/workspace-places.ts';
import type { ToolContext } from '../../tool.ts';
import { boundedGit } from './bounded-git.ts';
import type { Repository } from './repository.ts';

/** Nothing is written by the way, and nothing is coloured. */
const looking = ['--no-optional-locks', '-c', 'color.ui=false', '-c', 'status.relativePaths=true', '-c', 'log.showSignature=false'];
const withoutPrograms = ['--no-ext-diff', '--no-textconv', '--ignore-submodules=all'];
/** More would not fit on a command line. */
const mostHidden = 300;
const commits = 20;

/** What has changed, by name, in the project's folder. */
export async function showStatus({ place, off }: Repository): Promise<string> {
  const how = ['--short', '--branch', '--untracked-files=normal', '--ignore-submodules=all'];
  const own = `:(exclude)${ownFolderName}`;
  const text = await boundedGit(place, [...off.arguments, ...looking, 'status', ...how, '--', '.', own]);
  return text.split('\n').length > 2 ? text : `${text}Nothing has changed since the last commit.\n`;
}

/** The differences to the last commit, without files that a model does not get to see. */
export async function showDiff(repository: Repository, { workspace }: ToolContext): Promise<string> {
  const { place, off } = repository;
  if ((await git(place, ['rev-parse', '--verify', '--quiet', 'HEAD'])).code !== 0)
    throw new MultiagentError({ code: 'git.no_commit', message: 'There is no commit yet that the files could be compared with.' });
  const diff = [...off.arguments, ...looking, 'diff', '--no-color', '--no-renames', '--relative', ...withoutPrograms];
  const names = (await boundedGit(place, [...diff, '--name-only', '-z', 'HEAD', '--', '.'])).split('\0').filter((name) => name !== '');
  const hidden = names.filter((name) => isOwn(name) || reasonToHide(workspace, name) !== undefined);
  if (hidden.length > mostHidden)
    throw new MultiagentError({
      code: 'git.too_much',
      message: `More than ${mostHidden} files have changed that are not shown to a model.`,
    });
  const without = hidden.map((name) => `:(exclude,literal)${name}`);
  const text = hidden.length === names.length ? '' : await boundedGit(place, [...diff, 'HEAD', '--', '.', ...without]);
  const files = text.split(/^(?=diff --git )/m).filter((file) => file !== '');
  const shown = files.filter((file) => findSecret(file.replaceAll(/^[-+ ]/gm, '')) === undefined);
  const secrets = files.length - shown.length;
  const notes = [
    ...(hidden.length === 0 ? [] : [`Changed, but not shown to a model: ${hidden.map(shownName).join(', ')}\n`]),
    ...(secrets === 0 ? [] : [`Changes of ${secrets} more files are not shown, because they look like secrets.\n`]),
  ];
  return shown.length + notes.length === 0
    ? 'Nothing has changed since the last commit. New files are not compared.\n'
    : [...shown, ...notes].join('');
}

/** The newest commits of the branch that is checked out. */
export async function showLog({ place, off }: Repository, { secrets }: ToolContext): Promise<string> {
  if ((await git(place, ['rev-parse', '--verify', '--quiet', 'HEAD'])).code !== 0) return 'There is no commit yet.\n';
  const how = [`--max-count=${commits}`, '--date=short', '--format=%h %ad %an: %s', '--no-color', '--no-decorate'];
  return String(redactSecrets(await boundedGit(place, [...off.arguments, ...looking, 'log', ...how]), { secrets }));
}

function isOwn(name: string): boolean {
  return name.split('/').includes(ownFolderName);
}
