import type { WorkflowStep } from '../workflows/workflow-schema.ts';
import { ancestorsOf } from './visible-turns.ts';

export interface ParallelOptions {
  /** As the settings say. */
  wanted: number | 'auto';
  /** Absent where the server does not tell. */
  slots: number | undefined;
  /** What one request may hold if this many run at once; absent where the server does not tell. */
  contextOf: (atOnce: number) => number | undefined;
  steps: Pick<WorkflowStep, 'id' | 'depends_on'>[];
}

export interface ParallelPlan {
  maxParallel: number;
  turns: 'linear' | 'graph';
  reason: string;
}

/** A workflow whose steps have less context than this would spend it on cutting what it has just written. */
const smallestShare = 8192;

/**
 * How many tasks run at once, and from that which turns a task sees. More than the server has slots would only wait in its line; more than the
 * workflow has branches never happens. With one at a time each transcript begins with the one before, so every token is read once.
 */
export function chooseParallel({ wanted, slots, contextOf, steps }: ParallelOptions): ParallelPlan {
  const width = widestLevel(steps);
  const allowed = wanted === 'auto' ? (slots ?? 1) : Math.min(wanted, slots ?? wanted);
  const possible = Math.max(1, Math.min(allowed, width));
  let maxParallel = possible;
  while (maxParallel > 1 && (contextOf(maxParallel) ?? Infinity) < smallestShare) maxParallel -= 1;
  if (maxParallel > 1)
    return { maxParallel, turns: 'graph', reason: `up to ${maxParallel} tasks run at once, so a task sees its ancestors` };
  return { maxParallel, turns: 'linear', reason: `${whyOne({ wanted, width, possible })}, so a task sees everything finished before it` };
}

function whyOne({ wanted, width, possible }: { wanted: number | 'auto'; width: number; possible: number }): string {
  if (width === 1) return 'the workflow has no branches';
  if (possible > 1) return "the model's context is too small to share";
  return wanted === 1 ? 'one task at a time was asked for' : 'the model server answers one request at a time';
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
