import type { Figure } from '../figures/figure-schema.ts';

/** The part of all checks that passed, over repeats. */
export interface Share {
  mean: number;
  least: number;
  most: number;
  tasks: number;
  repeats: number;
}

/**
 * Of each repeat the checks of all its tasks together, then mean and spread over the repeats. Repeats that were not finished count only where none was:
 * they would say more of which tasks came first than of anything else.
 */
export function shareOf(figures: readonly Figure[]): Share | undefined {
  const scored = figures.filter(({ total }) => total !== null);
  const tasks = new Set(scored.map(({ task }) => task)).size;
  if (tasks === 0) return undefined;
  const repeats = [...Map.groupBy(scored, ({ repeat }) => repeat).values()];
  const whole = repeats.filter((repeat) => repeat.length === tasks);
  const counted = whole.length > 0 ? whole : repeats;
  const shares = counted.map((repeat) => sum(repeat, 'passed') / sum(repeat, 'total'));
  const mean = shares.reduce((total, share) => total + share, 0) / shares.length;
  return { mean, least: Math.min(...shares), most: Math.max(...shares), tasks, repeats: counted.length };
}

function sum(figures: readonly Figure[], count: 'passed' | 'total'): number {
  return figures.reduce((total, figure) => total + (figure[count] ?? 0), 0);
}
