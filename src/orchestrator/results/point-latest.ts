import { lstat, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { temporaryName } from '../../files/disk/write-atomically.ts';

/**
 * Makes `latest` beside the run folders point to the newest one. A folder or file of that name that a person made is left alone. On file systems
 * without links there is no `latest`; nothing else depends on it.
 */
export async function pointLatest(latest: string, folder: string): Promise<void> {
  const standing = await lstat(latest).catch(() => undefined);
  if (standing !== undefined && !standing.isSymbolicLink()) return;
  const temporary = join(dirname(latest), temporaryName(basename(folder)));
  try {
    await symlink(basename(folder), temporary, 'junction');
    await rename(temporary, latest);
  } catch {
    await rm(temporary, { force: true });
  }
}
