import type { RunState } from '../../state/run/run-state.ts';

export interface TaskChange {
  path: string;
  /** SHA-256 of what stood there when the steps before had ended; undefined: nothing did. */
  before: string | undefined;
  after: string;
}

/** What a task changed in the files of its run, by path. Steps count in their order, whichever was written first; what was undone counts, too. */
export function taskChanges(state: RunState, task: string): TaskChange[] {
  const numberOf = (name: string) => state.tasks.get(name)?.number ?? 0;
  const own = numberOf(task);
  const after = new Map<string, string>();
  const before = new Map<string, { sha256: string; order: number }>();
  for (const artifact of state.artifacts) {
    const { path, sha256 } = artifact;
    const order = numberOf(artifact.task);
    if (artifact.task === task) after.set(path, sha256);
    else if (order < own && order >= (before.get(path)?.order ?? 0)) before.set(path, { sha256, order });
  }
  return [...after]
    .map(([path, sha256]) => ({ path, before: before.get(path)?.sha256, after: sha256 }))
    .filter((change) => change.before !== change.after);
}
