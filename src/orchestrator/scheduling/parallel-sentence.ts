import type { RunState } from '../../state/run/run-state.ts';

/** How many tasks of a run are at work at once, which turns they see, and why. */
export function parallelSentence({ maxParallel, transcript }: Pick<RunState, 'maxParallel' | 'transcript'>): string {
  const count = maxParallel === 1 ? 'One task at a time' : `Up to ${maxParallel} tasks at once`;
  return `${count} (${transcript.turns}): ${transcript.reason}`;
}
