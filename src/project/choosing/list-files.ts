import type { GitPlace } from '../git/git-place.ts';
import { listWithGit } from './list-with-git.ts';
import { walkFiles, type WalkOptions } from './walk-files.ts';

export interface ListFilesOptions extends WalkOptions, Omit<GitPlace, 'folder'> {}

/**
 * Lists the files of a folder: those that Git knows or would add, and where there is no Git work tree, all that the `.gitignore` files let through. Paths are
 * relative to the root, unsorted, some of them more than once; what ends with `/` is a folder that is left out as a whole.
 */
export async function listFiles({ environment, signal, ...walk }: ListFilesOptions): Promise<'with_git' | 'by_walking'> {
  const { root, folder, take } = walk;
  const place = { folder: folder === '' ? root : `${root}/${folder}`, environment, signal };
  const listed = await listWithGit(place, (path) => take(folder === '' ? path : `${folder}/${path}`));
  if (listed === 'listed') return 'with_git';
  await walkFiles(walk);
  return 'by_walking';
}
