import type { ManifestEntry } from '../../files/file-manifest.ts';
import type { ArtifactRecord, RunState } from '../../state/run/run-state.ts';
import { derivedFrom } from '../../utils/derived-list.ts';

const standing = derivedFrom<ArtifactRecord, Map<string, ManifestEntry>, RunState['tasks']>(
  () => new Map(),
  (files, { path, sha256, task, undone }, tasks) => {
    if (undone !== undefined) return;
    const order = tasks.get(task)?.number ?? 0;
    const known = files.get(path);
    if (known === undefined || known.order <= order) files.set(path, { path, sha256, task, order });
  },
);

/** The file that counts for each path of a run: of several versions the one of the latest step, of one step's the last. What was undone counts no more. */
export function standingFiles({ artifacts, tasks }: Pick<RunState, 'artifacts' | 'tasks'>): ManifestEntry[] {
  return [...standing(artifacts, tasks).values()];
}

const replies = derivedFrom<ArtifactRecord, Set<string>>(
  () => new Set(),
  (paths, { format, path }) => {
    if (format === 'reply') paths.add(path);
  },
);

/** The paths under which steps that expect text have left their replies. */
export function replyPaths({ artifacts }: Pick<RunState, 'artifacts'>): ReadonlySet<string> {
  return replies(artifacts, undefined);
}
