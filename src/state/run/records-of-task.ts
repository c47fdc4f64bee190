import { derivedFrom } from '../../utils/derived-list.ts';
import type { ArtifactRecord, RefusalRecord, RunState } from './run-records.ts';

function byTask<Item extends { task: string }>() {
  return derivedFrom<Item, Map<string, Item[]>>(
    () => new Map(),
    (lists, item) => {
      const own = lists.get(item.task);
      if (own === undefined) lists.set(item.task, [item]);
      else own.push(item);
    },
  );
}

const artifactsByTask = byTask<ArtifactRecord>();
const refusalsByTask = byTask<RefusalRecord>();

/** Every version that a task has written of its files, oldest first. */
export function artifactsOf({ artifacts }: Pick<RunState, 'artifacts'>, task: string): readonly ArtifactRecord[] {
  return artifactsByTask(artifacts, undefined).get(task) ?? [];
}

/** The blocks of a task that were to become files but did not, oldest first. */
export function refusalsOf({ refusals }: Pick<RunState, 'refusals'>, task: string): readonly RefusalRecord[] {
  return refusalsByTask(refusals, undefined).get(task) ?? [];
}
