import type { RunState } from '../../state/run/run-state.ts';

/** What a run that refines another one is to change, in the words of the person. */
export function changeOfRun({ inherits, tasks }: RunState): string | undefined {
  if (inherits?.how !== 'refine') return undefined;
  return [...tasks.values()].find(({ task }) => !inherits.tasks.includes(task))?.description;
}
