import type { ManifestEntry } from '../../files/file-manifest.ts';
import type { RunState } from '../../state/run/run-state.ts';

/** The file that counts for each path of a run: of several versions the one of the latest step, of one step's the last. What was undone counts no more. */
export function standingFiles(state: RunState): ManifestEntry[] {
  const files = new Map<string, ManifestEntry>();
  for (const { path, sha256, task, undone } of state.artifacts) {
    if (undone !== undefined) continue;
    const order = state.tasks.get(task)?.number ?? 0;
    const known = files.get(path);
    if (known === undefined || known.order <= order) files.set(path, { path, sha256, task, order });
  }
  return [...files.values()];
}
