import type { ArtifactRecord, RemovalRecord } from '../../state/run/run-state.ts';
import { derivedFrom } from '../../utils/derived-list.ts';
import type { FilesOfRun } from './standing-files.ts';

/**
 * Which tasks have written files of a kind anew, changed or removed them. A task that joined the run for another one, such as a repair, counts for that one, too.
 * Of long lists each item is looked at once.
 */
export function changingTasks(isMeant: (path: string) => boolean): (state: FilesOfRun) => { has: (task: string) => boolean } {
  const changes = derivedFrom<ArtifactRecord | RemovalRecord, Set<string>, FilesOfRun['tasks']>(
    () => new Set(),
    (found, version, tasks) => {
      if (('outcome' in version && version.outcome === 'unchanged') || !isMeant(version.path)) return;
      for (let task: string | undefined = version.task; task !== undefined; task = tasks.get(task)?.parent) found.add(task);
    },
  );
  return ({ artifacts, removals, tasks }) => ({ has: (task) => changes(artifacts, tasks).has(task) || changes(removals, tasks).has(task) });
}
