import type { GitEnvironment } from '../git/git-place.ts';
import { isListedByGit } from './list-with-git.ts';

/** Whether a folder is in a Git work tree, and not in a part of it that Git ignores. False where Git cannot be started. */
export function isInGitWorkTree(folder: string, { environment = {} }: { environment?: GitEnvironment | undefined } = {}): Promise<boolean> {
  return isListedByGit({ folder, environment });
}
