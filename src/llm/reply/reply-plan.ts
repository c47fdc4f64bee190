/** How long a reply is planned to be, and what may go beyond. `tokens`: absent where nothing was planned. */
export type ReplyPlan =
  /** Prose: continued at most once, and taken as it stands then. */
  | { kind: 'text'; tokens?: number | undefined }
  /** Continued only while a file is open in it. */
  | { kind: 'files'; tokens?: number | undefined; isInFile: (text: string) => boolean };

/** No reply becomes longer than this many times what was planned. */
const mostTimes = 2;
/** Tokens of prose beyond which nobody reads a step's notes, however much room there is; thoughts are not counted. */
const longestText = 4096;

/** Tokens of one call, thoughts among them, that a server without a limit may send: no reply that ends by itself is so long. */
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
