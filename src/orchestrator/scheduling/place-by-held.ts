import type { RunContext } from '../run-context.ts';
import type { PlacementPolicy, ScheduledTask } from './scheduled-task.ts';
import { messagesBefore, turnsSeenBy } from '../conversation/task-transcript.ts';

/** Picks, among tasks of equal priority, the one whose prompt the server already holds most of; among equals, the first in the workflow. */
export function placeByHeld(run: Pick<RunContext, 'journal' | 'preamble' | 'agentOf' | 'modelOf'>): PlacementPolicy {
  return (ready) => {
    if (ready.length === 1) return ready[0] as ScheduledTask;
    // Tasks that see the same turns begin with the same prompt, so one question serves many branches.
    const known = new Map<string, number>();
    const heldFor = (task: string) => {
      const { state } = run.journal;
      const record = state.tasks.get(task);
      const { model, place, style } = run.modelOf(record);
      const key = JSON.stringify([place, model.name, style.layout !== 'per_role' ? '' : record?.role, turnsSeenBy(run, task)]);
      const held = known.get(key) ?? model.held?.(messagesBefore(run, task)) ?? 0;
      known.set(key, held);
      return held;
    };
    const scored = ready.map((task) => ({ task, held: heldFor(task.task) }));
    return scored.reduce((best, next) =>
      next.held > best.held || (next.held === best.held && next.task.number < best.task.number) ? next : best,
    ).task;
  };
}
