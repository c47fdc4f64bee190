import type { RunState } from '../../state/run/run-state.ts';
import { ancestorsOf } from '../task-graph.ts';

/**
 * Whose turns stand in a task's transcript, in order. `linear`: everything that was finished before it, so that each transcript begins with the one
 * before. `graph`: its ancestors in step order, which does not depend on how branches that run at once overtake each other.
 */
export function visibleTurns(state: RunState, task: string): string[] {
  if (state.transcript.turns === 'linear') return state.turnOrder.filter((name) => name !== task);
  const joined = Map.groupBy(state.tasks.values(), ({ parent }) => parent);
  // What joined the run for a step stands behind it: it may have changed what the step wrote.
  const wanted = ancestorsOf(task, (name) => [
    ...(state.tasks.get(name)?.dependencies ?? []),
    ...(name === task ? [] : (joined.get(name) ?? []).map((record) => record.task)),
  ]);
  return [...state.tasks.values()]
    .filter((record) => wanted.has(record.task) && record.turn !== undefined)
    .sort((a, b) => a.number - b.number)
    .map((record) => record.task);
}
