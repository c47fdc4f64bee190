import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { GitPlace } from '../../../project/git/git-place.ts';
import { git } from '../../../project/git/git.ts';
import { type ProgramsOff, programsOff } from '../../../project/git/programs-off.ts';
import { workTreeRoot } from '../../../project/git/work-tree-root.ts';
import { contains } from '../../../sandbox/visible/visible-places.ts';
import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { readRegularFile } from '../../../utils/read-regular-file.ts';
import type { ToolContext } from '../../tool.ts';

/** The Git repository that the project's folder is in. */
export interface Repository {
  /** The project's folder, which may be a folder of the repository. */
  place: GitPlace;
  /** What keeps Git from starting what the repository names, to be put before each command. */
  off: ProgramsOff;
  /** Of the project's folder in the repository, with `/` at its end; empty for the repository's own folder. */
  prefix: string;
}

/** Where a link or a file in a repository would have Git read what belongs to another one. */
const borrowed = ['objects/info/alternates', 'objects/info/http-alternates'];
const ownFolders = ['objects', 'objects/info', 'objects/pack', 'refs'];

/**
 * Opens the repository of the project for a model. Its settings, and links in it, lead Git neither to other files nor to other histories.
 * @throws MultiagentError `git.missing`, `git.no_repository`, `git.foreign`, `git.unsafe`.
 */
export async function openRepository({ workspace, environment, signal, callMilliseconds }: ToolContext): Promise<Repository> {
  const folder = realpathSync(workspace);
  const place: GitPlace = { folder, environment, signal, mostMilliseconds: callMilliseconds };
  const root = workTreeRoot(folder);
  const { code, output } = await git(place, [
    'rev-parse',
    '--path-format=absolute',
    '--show-toplevel',
    '--git-dir',
    '--git-common-dir',
    '--show-prefix',
  ]);
  if (root === undefined || code !== 0)
    throw new MultiagentError({ code: 'git.no_repository', message: 'The project is in no Git repository. Go on without Git.' });
  const [top = '', own = '', common = '', prefix = ''] = output.split('\n');
  const why = whyForeign({ root, top, own, common });
  if (why !== undefined)
    throw new MultiagentError({ code: 'git.foreign', message: `The Git repository is not used: ${why}. Go on without Git.` });
  return { place, off: await programsOff(place), prefix };
}

function whyForeign({ root, top, own, common }: { root: string; top: string; own: string; common: string }): string | undefined {
  if (top !== root) return 'its files lie elsewhere';
  if (!contains(root, realOf(common)) && !isLinkedWorktree({ root, own, common })) return 'its history lies elsewhere';
  const isBorrowed = borrowed.some((path) => statsOf(join(common, path)) !== undefined);
  const isLink = ownFolders.some((path) => statsOf(join(common, path))?.isSymbolicLink() === true);
  return isBorrowed || isLink ? 'it takes its history from another one' : undefined;
}

/** Whether the repository that a folder names as its own knows this folder: not everybody can write that there. */
function isLinkedWorktree({ root, own, common }: { root: string; own: string; common: string }): boolean {
  if (realOf(dirname(dirname(own))) !== realOf(common) || basename(dirname(own)) !== 'worktrees') return false;
  try {
    return realOf(readRegularFile(join(own, 'gitdir'), 4096, 'refuse links').toString('utf8').trim()) === join(root, '.git');
  } catch {
    return false;
  }
}

function statsOf(path: string) {
  return lstatSync(path, { throwIfNoEntry: false });
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
