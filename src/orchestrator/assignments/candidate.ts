import type { AgentReply } from '../../agents/task-session.ts';
import type { MendedFile } from '../../files/findings/mend-result.ts';

/** Why a reply to an assignment of one file is not what was asked for, the worst first. */
export const shortcomings = [
  'no_file',
  'unchanged',
  'prose',
  'incomplete',
  'does_not_parse',
  'no_tests',
  'names_missing',
  'cannot_work',
  'placeholder',
  'third_party',
] as const;

export type Shortcoming = (typeof shortcomings)[number];

export interface Problem {
  kind: Shortcoming;
  /** For people, and for the model that is asked again. */
  message: string;
}

/** One reply to an assignment of one file, and what can be seen in it without running it. */
export interface Candidate {
  reply: AgentReply;
  /** The exchange that it came from. */
  activity: string;
  /** Undefined where the reply holds no such file. */
  content: string | undefined;
  language?: string | undefined;
  range: [number, number];
  /** The content with what could be mended beyond doubt, and what that was. */
  mended?: MendedFile | undefined;
  problems: Problem[];
}

/** With one of these there is nothing to keep. */
const worthless: ReadonlySet<Shortcoming> = new Set(['no_file', 'unchanged', 'prose']);

export function isWorthless({ problems }: Candidate): boolean {
  return problems.some(({ kind }) => worthless.has(kind));
}

/** The one with the mildest problems; among equals with the fewest, then the first. */
export function bestCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const worst = ({ problems }: Candidate) => Math.min(shortcomings.length, ...problems.map(({ kind }) => shortcomings.indexOf(kind)));
  return candidates.reduce<Candidate | undefined>((best, next) => {
    if (best === undefined || worst(next) > worst(best)) return next;
    return worst(next) === worst(best) && next.problems.length < best.problems.length ? next : best;
  }, undefined);
}
