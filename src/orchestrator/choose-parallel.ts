import type { WorkflowStep } from '../workflows/workflow-schema.ts';
import { ancestorsOf } from './visible-turns.ts';

export interface ParallelOptions {
  /** As the settings say. */
  wanted: number | 'auto';
  /** Absent where the server does not tell. */
  slots: number | undefined;
  steps: Pick<WorkflowStep, 'id' | 'depends_on'>[];
}

export interface ParallelPlan {
  maxParallel: number;
  turns: 'linear' | 'graph';
  reason: string;
}

/**
 * How many tasks run at once, and from that which turns a task sees. More than the server has slots would only wait in its line; more than the
 * workflow has branches never happens. With one at a time each transcript begins with the one before, so every token is read once.
 */
export function chooseParallel({ wanted, slots, steps }: ParallelOptions): ParallelPlan {
  const width = widestLevel(steps);
  const allowed = wanted === 'auto' ? (slots ?? 1) : Math.min(wanted, slots ?? wanted);
  const maxParallel = Math.max(1, Math.min(allowed, width));
  if (maxParallel > 1)
    return { maxParallel, turns: 'graph', reason: `up to ${maxParallel} tasks run at once, so a task sees its ancestors` };
  const why =
    width === 1
      ? 'the workflow has no branches'
      : wanted === 1
        ? 'one task at a time was asked for'
        : 'the model server answers one request at a time';
  return { maxParallel, turns: 'linear', reason: `${why}, so a task sees everything finished before it` };
}

/** How many steps can be under way together at most: counted as the largest set of steps none of which needs another, found by their depth. */
function widestLevel(steps: ParallelOptions['steps']): number {
  const dependenciesOf = (id: string) => steps.find((step) => step.id === id)?.depends_on ?? [];
  const ancestors = new Map(steps.map(({ id }) => [id, ancestorsOf(id, dependenciesOf)]));
  const independent = (a: string, b: string) => !ancestors.get(a)?.has(b) && !ancestors.get(b)?.has(a);
  return Math.max(
    1,
    ...steps.map(({ id }) => {
      const together = [id];
      for (const other of steps) if (other.id !== id && together.every((name) => independent(name, other.id))) together.push(other.id);
      return together.length;
    }),
  );
}
