export interface CuttableTurn {
  task: string;
  /** What a digest in its place would save. */
  savedTokens: number;
  /** `none`: no task that is still to come depends on it. `direct`: the task that is about to run does. */
  needed: 'none' | 'later' | 'direct';
}

const order = { none: 0, later: 1, direct: 2 };

/**
 * Which replies to replace by digests so that at least `excessTokens` are saved: first those nobody depends on any more, then those of later tasks,
 * direct dependencies last; within each group the oldest first. May save less than asked for when everything is cut.
 */
export function planCuts({ turns, excessTokens }: { turns: CuttableTurn[]; excessTokens: number }): string[] {
  const candidates = turns.filter(({ savedTokens }) => savedTokens > 0).sort((a, b) => order[a.needed] - order[b.needed]);
  const cuts: string[] = [];
  let saved = 0;
  for (const { task, savedTokens } of candidates) {
    if (saved >= excessTokens) break;
    cuts.push(task);
    saved += savedTokens;
  }
  return cuts;
}
