import { realpath, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refuse, type Refusal } from './path-policy.ts';
import type { RunFolder } from './run-folder.ts';
import { syncFolder } from './write-atomically.ts';

export type FileRemoval = { kind: 'removed'; path: string; outcome: 'removed' | 'missing' } | { kind: 'refused'; refusal: Refusal };

/**
 * Removes one file of a folder under the rules by which files are written, and the folders that this leaves empty, up to the folder itself.
 * @throws the system's error.
 */
export async function removeFile(folder: RunFolder, name: string): Promise<FileRemoval> {
  const resolved = await folder.resolve(name);
  if (resolved.kind === 'refused') return resolved;
  const { path, file } = resolved;
  const parent = dirname(file);
  try {
    if ((await realpath(parent)) !== parent) return { kind: 'refused', refusal: refuse('link', path, 'leads through a link') };
    await unlink(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'removed', path, outcome: 'missing' };
    throw error;
  }
  await removeEmptyFolders(parent, path);
  return { kind: 'removed', path, outcome: 'removed' };
}

async function removeEmptyFolders(parent: string, path: string): Promise<void> {
  let folder = parent;
  for (const _ of path.split('/').slice(1)) {
    try {
      await rmdir(folder);
    } catch {
      break;
    }
    folder = join(folder, '..');
  }
  await syncFolder(folder);
}
