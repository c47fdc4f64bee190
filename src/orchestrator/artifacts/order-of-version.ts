import type { ArtifactRecord, RemovalRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';

/** The format of a version that a person has given. */
export const personFormat = 'person';

type Tasks = RunState['tasks'];

/**
 * Whether a version is what a person has decided: their own, or one that they have had reworked. It replaces what they were shown, also where a step that comes
 * later in the workflow had written that.
 */
export function isDecided(version: ArtifactRecord | RemovalRecord, tasks: Tasks): boolean {
  return version.format === personFormat || reworkOf(tasks.get(version.task), tasks) !== undefined;
}

/** The rework that a task is, or is a part of. */
export function reworkOf(task: TaskRecord | undefined, tasks: Tasks): TaskRecord | undefined {
  let at = task;
  while (at !== undefined && at.kind !== 'rework') at = at.parent === undefined ? undefined : tasks.get(at.parent);
  return at;
}
