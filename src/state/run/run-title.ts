import { shorten } from '../../utils/printable.ts';
import type { RunState } from './run-state.ts';

/** The first line of a requirement for people: without heading marks, and with at most this many characters. */
export function requirementTitle(requirement: string, length: number): string {
  const line = requirement.trim().split('\n', 1)[0] ?? '';
  return shorten(line.replace(/^#{1,6}\s+/, '').trim(), length);
}

/** What a run that refines another one is to change, in the person's words. */
export function changeOfRun({ inherits, tasks }: RunState): string | undefined {
  if (inherits?.how !== 'refine') return undefined;
  return [...tasks.values()].find(({ task }) => !inherits.tasks.includes(task))?.description;
}
