import { lstat, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { syncFolder, temporaryName } from '../../files/disk/write-atomically.ts';
import type { RunFolders } from '../journal/run-folders.ts';

/**
 * Makes `latest` beside the run folders point to the newest one. A folder or file of that name that a person made is left alone. On file systems
 * without links there is no `latest`; nothing else depends on it.
 */
export async function pointLatest({ latest, within }: Pick<RunFolders, 'latest' | 'within'>, folder: string): Promise<void> {
  using above = await new RunFolder(dirname(latest), { within }).open();
  if (above === undefined) return;
  const place = above.entry(basename(latest));
  const standing = await lstat(place).catch(() => undefined);
  if (standing !== undefined && !standing.isSymbolicLink()) return;
  const temporary = above.entry(temporaryName(basename(folder)));
  try {
    await symlink(basename(folder), temporary, 'junction');
    await rename(temporary, place);
    await syncFolder(above.path);
  } catch {
    await rm(temporary, { force: true });
  }
}
