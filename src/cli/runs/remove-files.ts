import { lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { sweepTemporaryFiles } from '../../files/disk/sweep-temporary-files.ts';
import type { RunFolders } from '../../orchestrator/run/run-folders.ts';
import { standingFiles } from '../../orchestrator/artifacts/standing-files.ts';
import { sweepResults } from '../../orchestrator/results/write-results.ts';
import { hashContent } from '../../utils/hash-content.ts';
import type { RunState } from '../../state/run/run-state.ts';

export interface RemovedFiles {
  removed: number;
  /** Relative to the run's folder: what somebody has changed or added. */
  kept: string[];
}

/** Removes the files of a run that are still what it wrote, by their hash, and the folders that this leaves empty. */
export async function removeFiles(state: RunState, folders: RunFolders): Promise<RemovedFiles> {
  const { generated, rejected, result, summary } = folders;
  let removed = await removeUnchanged(generated, standingFiles(state));
  await removeUnchanged(
    rejected,
    state.refusals.flatMap(({ keptAs, sha256 }) => (keptAs === undefined ? [] : [{ path: keptAs, sha256 }])),
  );
  for (const folder of [generated, rejected]) await sweepTemporaryFiles(folder);
  await removeEmpty(rejected);
  await sweepResults(folders);
  const kept = await removeEmpty(generated);
  for (const file of [result, summary]) {
    if (!(await isFile(file))) continue;
    await unlink(file);
    removed += 1;
  }
  return { removed, kept: kept.map((file) => relative(generated, file).replaceAll('\\', '/')).sort() };
}

/** @returns how many there were. */
async function removeUnchanged(folder: string, files: { path: string; sha256: string }[]): Promise<number> {
  const disk = new RunFolder(folder);
  let removed = 0;
  for (const { path, sha256 } of files) {
    const content = await disk.read(path);
    const place = await disk.resolve(path);
    if (content === undefined || place.kind === 'refused' || hashContent(content) !== sha256) continue;
    await unlink(place.file);
    removed += 1;
  }
  return removed;
}

/** Removes the empty folders of a folder, and itself if it is. @returns the files in it. */
async function removeEmpty(folder: string): Promise<string[]> {
  const left: string[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const folders = [folder];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) folders.push(path);
    else left.push(path);
  }
  // Those inside first; the system refuses one that is not empty.
  for (const path of folders.sort((a, b) => b.length - a.length)) await rmdir(path).catch(() => undefined);
  return left;
}

async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
