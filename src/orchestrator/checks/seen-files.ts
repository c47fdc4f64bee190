import { RunFolder } from '../../files/disk/run-folder.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { standingFiles } from '../artifacts/standing-files.ts';

/** A file of a run as it lies on the disk. */
export interface SeenFile {
  path: string;
  /** Absent: it is not there. */
  sha256?: string | undefined;
  /** `project`: it is a file of the project below those of the run, and not what it was when the run began. Absent: a file of the run. */
  of?: 'project' | undefined;
}

/** What whoever looks into the folder of a run finds of its files now. @param changed Of the project below; see `ProjectFiles.changed`. */
export async function seenFiles(state: RunState, folder: string, changed: readonly SeenFile[] = []): Promise<SeenFile[]> {
  const disk = new RunFolder(folder);
  const files: SeenFile[] = [];
  // One after the other: only the hashes stay.
  for (const { path } of standingFiles(state)) {
    const content = await disk.read(path);
    files.push(content === undefined ? { path } : { path, sha256: hashContent(content) });
  }
  return [...files, ...changed.map((file) => ({ ...file, of: 'project' as const }))];
}
