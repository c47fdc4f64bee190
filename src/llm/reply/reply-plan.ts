/** The planned length of a reply, and what may exceed it. `tokens`: absent if no length was planned. */
export type ReplyPlan =
  /** Prose: continued at most once, then taken as it is. */
  | { kind: 'text'; tokens?: number | undefined }
  /** Continued only while a file is open in it. */
  | { kind: 'files'; tokens?: number | undefined; isInFile: (text: string) => boolean };

/** No reply gets longer than this many times the planned length. */
const mostTimes = 2;
/** The most tokens of prose: nobody reads longer notes of a step, however large the budget. Thoughts do not count. */
const longestText = 4096;

/** The most tokens, including thoughts, that a server without a limit may send in one call: no reply that ends on its own is so long. */
export const mostOfCall = 131_072;

/** How often a reply may be continued after its planned cap. */
export function mostContinuations(plan: ReplyPlan | undefined): number {
  return plan?.kind === 'text' ? 1 : 3;
}

/** The most tokens that all calls of a reply may write. */
export function mostTokens(plan: ReplyPlan | undefined): number {
  return plan?.tokens === undefined ? Infinity : plan.tokens * mostTimes;
}

/** The most tokens of text without thoughts. */
export function mostTextTokens(plan: ReplyPlan | undefined): number {
  return plan?.kind === 'text' ? longestText : Infinity;
}
