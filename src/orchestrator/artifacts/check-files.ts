import { hashContent } from '../../utils/hash-content.ts';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import type { RunState } from '../../state/run/run-state.ts';
import type { Report } from '../journal/run-journal.ts';
import { standingFiles } from './standing-files.ts';

/**
 * Compares the files of a run with what it wrote: a missing one is written again from the content store, one that somebody has changed is left alone
 * and reported.
 */
export async function checkFiles(state: RunState, disk: RunFolder, store: EventStore): Promise<Report[]> {
  const reports: Report[] = [];
  for (const { path, sha256 } of standingFiles(state)) {
    const found = await disk.read(path);
    if (found === undefined) {
      const content = await store.getContent(sha256);
      if (content === undefined) continue;
      await disk.write(path, content);
      reports.push({ type: 'artifact.restored', data: { path, sha256 } });
    } else {
      const hash = hashContent(found);
      if (hash !== sha256) reports.push({ type: 'artifact.edited', data: { path, expected: sha256, found: hash } });
    }
  }
  return reports;
}
