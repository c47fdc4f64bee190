import type { RunFolder } from '../../files/disk/run-folder.ts';
import { hashContent } from '../../utils/hash-content.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { standingFiles } from './standing-files.ts';

/** A file of a run, compared with what stands in its folder now. */
export interface VerifiedFile {
  path: string;
  /** As the run wrote it. */
  sha256: string;
  found: 'same' | 'missing' | 'edited';
  /** What stands there. */
  content: Uint8Array | undefined;
}

/** The files of a run as they are on the disk now. @param disk The run's folder. */
export async function verifyFiles(state: RunState, disk: RunFolder): Promise<VerifiedFile[]> {
  const files: VerifiedFile[] = [];
  for (const { path, sha256 } of standingFiles(state)) {
    const content = await disk.read(path);
    const found = content === undefined ? 'missing' : hashContent(content) === sha256 ? 'same' : 'edited';
    files.push({ path, sha256, found, content });
  }
  return files;
}
