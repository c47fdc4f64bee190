export interface CuttableTurn {
  task: string;
  /** What replacing it by a digest would save. */
  savedTokens: number;
  /** `superseded`: something newer stands in its place. `none`: no remaining task depends on it. `direct`: the task that is about to run does. */
  needed: 'superseded' | 'none' | 'later' | 'direct';
}

const order = { superseded: 0, none: 1, later: 2, direct: 3 };

/**
 * Which replies to replace by digests to save at least `excessTokens`: first those that are superseded, then those that nobody depends on any more, then those
 * that later tasks need, direct dependencies last; within each group the oldest first. May save less if everything is cut.
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
