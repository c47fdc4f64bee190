import type { RunState } from '../../state/run/run-state.ts';

export interface TaskChange {
  path: string;
  /** SHA-256 of what stood there when the steps before had ended; undefined: nothing did. */
  before: string | undefined;
  /** Undefined: the task removed it. */
  after: string | undefined;
}

/** What a task changed in the files of its run, by path. Steps count in their order, whichever was written first; what was undone counts, too. */
export function taskChanges(state: RunState, task: string): TaskChange[] {
  const numberOf = (name: string) => state.tasks.get(name)?.number ?? 0;
  const own = numberOf(task);
  const after = new Map<string, string | undefined>();
  const before = new Map<string, { sha256: string | undefined; order: number }>();
  const versions = [...state.artifacts, ...state.removals.map((removal) => ({ ...removal, removed: true }))];
  for (const version of versions.toSorted((a, b) => a.sequence - b.sequence)) {
    const { path, sha256 } = version;
    const isRemoved = 'removed' in version;
    const order = numberOf(version.task);
    if (version.task === task) {
      // A file of the user's, which no step had written before.
      if (isRemoved && !before.has(path) && !after.has(path)) before.set(path, { sha256, order: 0 });
      after.set(path, isRemoved ? undefined : sha256);
    } else if (order < own && order >= (before.get(path)?.order ?? 0)) before.set(path, { sha256: isRemoved ? undefined : sha256, order });
  }
  return [...after]
    .map(([path, sha256]) => ({ path, before: before.get(path)?.sha256, after: sha256 }))
    .filter((change) => change.before !== change.after);
}
