import { readdir, rmdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { removeFile, removeIfEmpty } from '../files/disk/remove-file.ts';
import type { RunFolder } from '../files/disk/run-folder.ts';
import { sweepTemporaryFiles } from '../files/disk/sweep-temporary-files.ts';
import { walkFolder } from '../files/disk/walk-folder.ts';
import { folderOf } from '../orchestrator/journal/run-folders.ts';
import type { RunFolders } from '../orchestrator/journal/run-folders.ts';
import { standingFiles } from '../orchestrator/artifacts/standing-files.ts';
import { sweepResults } from '../orchestrator/results/write-results.ts';
import { hashContent } from '../utils/hash-content.ts';
import type { RunState } from '../state/run/run-records.ts';

/** How many files were removed, and which were not. */
export interface RemovedFiles {
  removed: number;
  /** Files that somebody has changed or added, relative to the run's folder. */
  kept: string[];
}

/** Removes the files of a run whose hashes show that nobody has changed them, and the folders that this leaves empty. */
export async function removeFiles(state: RunState, folders: RunFolders): Promise<RemovedFiles> {
  const generated = folderOf(folders, 'generated');
  const rejected = folderOf(folders, 'rejected');
  let removed = await removeUnchanged(generated, standingFiles(state));
  await removeUnchanged(
    rejected,
    state.refusals.flatMap(({ keptAs, sha256 }) => (keptAs === undefined ? [] : [{ path: keptAs, sha256 }])),
  );
  for (const folder of [generated, rejected]) await sweepTemporaryFiles(folder);
  await removeEmpty(rejected);
  await sweepResults(folders);
  const kept = await removeEmpty(generated);
  for (const file of [folders.result, folders.summary, ...(await reportsOf(folders))]) {
    const done = await removeFile(folderOf(folders, 'output'), basename(file));
    if (done.kind === 'removed' && done.outcome === 'removed') removed += 1;
  }
  return { removed, kept: kept.sort() };
}

/** The page about the run, and those that compare it with another one: they hold what it wrote. */
async function reportsOf(folders: RunFolders): Promise<string[]> {
  using folder = await folderOf(folders, 'output').open();
  if (folder === undefined) return [];
  return (await readdir(folder.path)).filter(
    (name) => /^report_.+\.html$/.test(name) && name.slice(7, -5).split('_').includes(folders.run),
  );
}

/** @returns how many files were removed. */
async function removeUnchanged(folder: RunFolder, files: { path: string; sha256: string }[]): Promise<number> {
  let removed = 0;
  for (const { path, sha256 } of files) {
    const content = await folder.read(path);
    if (content === undefined || hashContent(content) !== sha256) continue;
    const done = await removeFile(folder, path);
    if (done.kind === 'removed' && done.outcome === 'removed') removed += 1;
  }
  return removed;
}

/** Removes the empty folders in a folder, and the folder itself if it is empty. @returns the files in it, relative to it. */
async function removeEmpty(runFolder: RunFolder): Promise<string[]> {
  const left: string[] = [];
  using folder = await runFolder.open();
  if (folder === undefined) return left;
  await walkFolder(folder, async ({ path, entry, parent }) => {
    // The system refuses to remove a folder that is not empty.
    if (entry.isDirectory()) await rmdir(parent.entry(entry.name)).catch(() => undefined);
    else left.push(path);
  });
  if (left.length === 0) await removeIfEmpty(runFolder);
  return left;
}
