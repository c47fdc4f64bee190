import { isKeptFrom } from '../../state/run/is-kept-from.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { findStep } from '../scope/find-step.ts';
import { ancestorsOf } from '../task-graph.ts';

/**
 * The tasks whose turns are in a task's transcript, in order. `linear`: everything that was finished before it, so that each transcript begins with the one
 * before. `graph`: its ancestors in step order, which does not depend on how branches that run at once overtake each other.
 */
export function visibleTurns(state: RunState, task: string): string[] {
  const chosen = chosenTurns(state, task);
  return chosen === undefined ? turnsInOrder(state, task) : turnsInOrder(state, task).filter((name) => chosen.has(name));
}

/** Whose turns and documents the step itself says that it is to see, with those of the steps within them. Undefined: it leaves that to the run. */
export function chosenTurns(state: RunState, task: string): ReadonlySet<string> | undefined {
  const record = state.tasks.get(task);
  if (record?.context === undefined) return undefined;
  const named = record.context === 'direct' ? record.dependencies : record.context.flatMap((id) => findStep(state, record, id)?.task ?? []);
  const chosen = new Set<string>();
  const add = (name: string) => {
    chosen.add(name);
    for (const inner of state.children.get(name) ?? []) add(inner);
  };
  for (const name of named) add(name);
  return chosen;
}

function turnsInOrder(state: RunState, task: string): string[] {
  if (state.transcript.turns === 'linear') return state.turnOrder.filter((name) => name !== task && !isKeptFrom(state, name, task));
  const joined = Map.groupBy(state.tasks.values(), ({ parent }) => parent);
  // What joined the run for a step stands behind it: it may have changed what the step wrote.
  const wanted = ancestorsOf(task, (name) => [
    ...(state.tasks.get(name)?.dependencies ?? []),
    ...(name === task ? [] : (joined.get(name) ?? []).map((record) => record.task)),
  ]);
  return [...state.tasks.values()]
    .filter((record) => wanted.has(record.task) && record.turn !== undefined && !isKeptFrom(state, record.task, task))
    .sort((a, b) => a.number - b.number)
    .map((record) => record.task);
}
