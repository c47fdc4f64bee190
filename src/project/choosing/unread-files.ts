import { realpathSync } from 'node:fs';
import { isSecretFileName } from '../../utils/credential-names.ts';
import type { GitPlace } from '../git/git-place.ts';
import { generatedPart } from './generated-paths.ts';
import { readIgnoreFile } from './ignore-file.ts';
import { judgeContent } from './judge-content.ts';
import { listWithGit } from './list-with-git.ts';

/**
 * What Git knows of a project and the team does not read: lock files, pictures, large data, snapshots of tests. Programs and tests may need it. Left out is what was
 * built or fetched, what has the name of a secret, and what a person keeps from the team.
 * @param isRead Whether a file is one of those that the team may read. @returns paths with `/`; none outside of Git.
 */
export async function unreadFiles(place: GitPlace, isRead: (path: string) => boolean): Promise<string[]> {
  const ignored = readIgnoreFile(realpathSync.native(place.folder));
  const found = new Set<string>();
  const take = (path: string) => {
    if (!isRead(path) && !path.endsWith('/') && !isBuilt(path) && !ignored.isIgnored(path) && !isSecretFileName(nameOf(path)))
      found.add(path);
    return 'more' as const;
  };
  return (await listWithGit(place, take, 'known')) === 'listed' ? [...found].toSorted() : [];
}

/** Whether a content holds a secret, for which the team does not read it. */
export function holdsSecret(content: Uint8Array): boolean {
  return judgeContent(content).kind === 'secret';
}

/** Snapshots are written by tests, and compared by them. */
function isBuilt(path: string): boolean {
  const part = generatedPart(path);
  return part !== undefined && part.endsWith('/') && !part.endsWith('/__snapshots__/');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
