import type { RunFolder } from '../files/disk/run-folder.ts';
import { standingFiles } from '../orchestrator/artifacts/standing-files.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { hashContent } from '../utils/hash-content.ts';
import type { RunState } from '../state/run/run-state.ts';

/** What became of the files of an imported run, by their paths relative to its folder. */
export interface RestoredFiles {
  written: string[];
  /** Another file is there, and was left alone. */
  kept: string[];
  /** The content is missing, or the name is not allowed. */
  notWritten: string[];
}

/** Writes those files of a run that are missing. Existing files are left alone. */
export async function restoreFiles(state: RunState, disk: RunFolder, store: EventStore): Promise<RestoredFiles> {
  const restored: RestoredFiles = { written: [], kept: [], notWritten: [] };
  for (const { path, sha256 } of standingFiles(state)) {
    const standing = await disk.read(path);
    if (standing !== undefined) {
      if (hashContent(standing) !== sha256) restored.kept.push(path);
      continue;
    }
    const content = await store.getContent(sha256);
    const write = content === undefined ? undefined : await disk.write(path, content);
    (write?.kind === 'written' ? restored.written : restored.notWritten).push(path);
  }
  return restored;
}
