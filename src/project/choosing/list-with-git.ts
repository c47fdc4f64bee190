import type { GitPlace } from '../git/git-place.ts';
import { git, startGit } from '../git/git.ts';

/** A pipe in the place of a `.gitignore` would have Git wait for ever. Projects of a million files take a fraction of this. */
const mostMilliseconds = 120_000;

/**
 * Lists what Git knows in a folder: files in its index, and others that it does not ignore. It reads the index and folders, never the content of files, so
 * that no filter of the repository is started. A repository in the middle of a merge is listed like any other.
 * @param which `known`: only what is in its index. @param take Receives paths relative to the folder, with `/`, some of them twice; a repository within ends with `/`. It returns `enough` to stop.
 * @returns `not_in_git` if Git is missing, the folder is in no work tree, is ignored by the work tree that it is in, the repository is broken, or it takes too long.
 */
export async function listWithGit(
  place: GitPlace,
  take: (path: string) => 'more' | 'enough',
  which: 'known' | 'known_and_new' = 'known_and_new',
): Promise<'listed' | 'not_in_git'> {
  const isListed = isListedByGit(place);
  // Whoever awaits it is told; nobody does where the listing fails before.
  isListed.catch(() => {});
  // Without --sparse Git would read trees of a sparse index, and fetch those that are missing.
  const child = startGit({ mostMilliseconds, ...place }, [
    'ls-files',
    '-z',
    '-c',
    ...(which === 'known' ? [] : ['-o', '--exclude-standard']),
    '--sparse',
  ]);
  child.stdin.end();
  child.stderr.resume();
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
  let rest = '';
  child.stdout.setEncoding('utf8');
  try {
    for await (const chunk of child.stdout as AsyncIterable<string>) {
      if (!(await isListed)) return 'not_in_git';
      const paths = `${rest}${chunk}`.split('\0');
      rest = paths.pop() ?? '';
      if (paths.some((path) => take(path) === 'enough')) return 'listed';
    }
  } finally {
    child.kill();
  }
  place.signal?.throwIfAborted();
  return (await isListed) && (await ended) === 0 ? 'listed' : 'not_in_git';
}

/** Whether a folder is in a Git work tree that does not ignore it. */
export async function isListedByGit(place: GitPlace): Promise<boolean> {
  try {
    // 0: it is ignored. 128: it is in no work tree, or in a broken one.
    return (await git({ mostMilliseconds, ...place }, ['check-ignore', '-q', '.'])).code === 1;
  } catch {
    place.signal?.throwIfAborted();
    return false;
  }
}
