import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFileName } from './write-atomically.ts';

/** Removes what a process that was killed while it wrote has left in a folder and those below. Whoever calls it is the only one who writes there. */
export async function sweepTemporaryFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nothingIfMissing);
  for (const entry of entries) {
    if (entry.isFile() && temporaryFileName.test(entry.name)) await rm(join(entry.parentPath, entry.name), { force: true });
  }
}

/** Removes what was left in the folder itself by processes that wrote there for this owner. Others may be writing in the folder at the same time. */
export async function sweepTemporaryFilesOf(owner: string, folder: string): Promise<void> {
  const names = await readdir(folder).catch(nothingIfMissing);
  for (const name of names) {
    if (temporaryFileName.exec(name)?.[1] === owner) await rm(join(folder, name), { force: true });
  }
}

function nothingIfMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
