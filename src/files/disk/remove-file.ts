import { rm, rmdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path/posix';
import type { Refusal } from './path-policy.ts';
import type { RunFolder } from './run-folder.ts';
import { syncFolder, type WriteAtomicallyOptions } from './write-atomically.ts';

export type FileRemoval = { kind: 'removed'; path: string; outcome: 'removed' | 'missing' } | { kind: 'refused'; refusal: Refusal };

/**
 * Removes one file of a folder under the rules for writing files, and then the folders that are left empty, up to the folder itself.
 * @throws the system's error.
 */
export async function removeFile(
  folder: RunFolder,
  name: string,
  { durability }: Pick<WriteAtomicallyOptions, 'durability'> = {},
): Promise<FileRemoval> {
  const checked = folder.check(name);
  if (checked.kind === 'refused') return checked;
  const { path } = checked;
  const place = await folder.place(path);
  if (place.kind === 'refused') return place;
  if (place.kind === 'missing') return { kind: 'removed', path, outcome: 'missing' };
  using parent = place.folder;
  try {
    await unlink(parent.entry(place.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'removed', path, outcome: 'missing' };
    throw error;
  }
  if (durability !== 'none') await syncFolder(parent.path);
  await removeEmptyFolders(folder, dirname(path));
  return { kind: 'removed', path, outcome: 'removed' };
}

/** Removes the folder itself with everything in it. Links in it are removed; their targets stay. */
export async function removeWhole(folder: RunFolder): Promise<void> {
  const place = await folder.parent();
  if (place.kind !== 'open') return;
  using above = place.folder;
  await rm(above.entry(place.name), { recursive: true, force: true });
}

/** Removes the folder itself if it is empty. */
export async function removeIfEmpty(folder: RunFolder): Promise<void> {
  const place = await folder.parent();
  if (place.kind !== 'open') return;
  using above = place.folder;
  await rmdir(above.entry(place.name)).catch(() => undefined);
}

/** Removes a folder within a run's folder, and those above it up to the run's folder, as far as they are empty. */
export async function removeEmptyFolders(folder: RunFolder, path: string): Promise<void> {
  for (let empty = path; empty !== '.'; empty = dirname(empty)) {
    const place = await folder.folderPlace(empty);
    if (place.kind !== 'open') return;
    using above = place.folder;
    try {
      await rmdir(above.entry(place.name));
    } catch {
      return;
    }
    await syncFolder(above.path);
  }
}
