import { saysUnavailable } from '../../llm/fallback/is-unavailable.ts';
import { isKeptHere } from '../../state/run/is-kept-here.ts';
import type { RunState } from '../../state/run/run-state.ts';

/** The tasks that failed because no model on this machine could be asked for them, and no other may be. */
export function keptBack(state: RunState): string[] {
  const all = state.settings?.['private'] === true;
  return [...state.tasks.values()]
    .filter((task) => task.status === 'failed' && task.error !== undefined && saysUnavailable(task.error.code))
    .filter((task) => all || isKeptHere(state, task.task))
    .map(({ task }) => task);
}
