import type { Figure } from '../figures/figure-schema.ts';

/** The mean of something by task. */
export type ByTask = ReadonlyMap<string, number>;

export function passedByTask(figures: readonly Figure[]): ByTask {
  return meanByTask(figures, ({ passed }) => passed);
}

/** Tokens that were worked through: read and written. */
export function tokensByTask(figures: readonly Figure[]): ByTask {
  return meanByTask(figures, tokensOf);
}

export function tokensOf({ read, written }: Figure): number | null {
  return read === null || written === null ? null : read + written;
}

/** How many times the other, over the tasks that both have attempted; undefined where the other has nothing there. */
export function times(one: ByTask, other: ByTask): number | undefined {
  const common = [...one.keys()].filter((task) => other.has(task));
  const total = (of: ByTask) => common.reduce((sum, task) => sum + (of.get(task) ?? 0), 0);
  return total(other) === 0 ? undefined : total(one) / total(other);
}

function meanByTask(figures: readonly Figure[], valueOf: (figure: Figure) => number | null): ByTask {
  const means = new Map<string, number>();
  for (const [task, of] of Map.groupBy(figures, (figure) => figure.task)) {
    const known = of.map(valueOf).filter((value) => value !== null);
    if (known.length > 0) means.set(task, known.reduce((sum, value) => sum + value, 0) / known.length);
  }
  return means;
}
