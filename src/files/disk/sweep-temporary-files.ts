import { readdir, rm } from 'node:fs/promises';
import type { RunFolder } from './run-folder.ts';
import { walkFolder } from './walk-folder.ts';
import { temporaryFileName } from './write-atomically.ts';

/** Removes what a process that was killed while writing left in a folder and those below. The caller must be the only one who writes there. */
export async function sweepTemporaryFiles(runFolder: RunFolder): Promise<void> {
  using folder = await runFolder.open();
  if (folder === undefined) return;
  await walkFolder(folder, async ({ entry, parent }) => {
    if (entry.isFile() && temporaryFileName.test(entry.name)) await rm(parent.entry(entry.name), { force: true });
  });
}

/** Removes what processes that wrote for this owner left in the folder itself. Others may write in the folder at the same time. */
export async function sweepTemporaryFilesOf(owner: string, runFolder: RunFolder): Promise<void> {
  using folder = await runFolder.open();
  if (folder === undefined) return;
  for (const name of await readdir(folder.path)) {
    if (temporaryFileName.exec(name)?.[1] === owner) await rm(folder.entry(name), { force: true });
  }
}
