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
  'example_fails',
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
  /** What the requirement's examples say of it, where they were tried. */
  examples?: { held: number; of: number } | undefined;
}

/** With one of these there is nothing to keep. */
const worthless: ReadonlySet<Shortcoming> = new Set(['no_file', 'unchanged', 'prose']);

export function isWorthless({ problems }: Candidate): boolean {
  return problems.some(({ kind }) => worthless.has(kind));
}

/** The one of which most examples hold; among equals the one with the mildest problems, then with the fewest, then the first. */
export function bestCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((best, next) => (best === undefined || isBetter(next, best) ? next : best), undefined);
}

function isBetter(next: Candidate, best: Candidate): boolean {
  const held = ({ examples }: Candidate) => examples?.held ?? 0;
  if (held(next) !== held(best)) return held(next) > held(best);
  const mildness = ({ problems }: Candidate) => Math.min(shortcomings.length, ...problems.map(({ kind }) => shortcomings.indexOf(kind)));
  if (mildness(next) !== mildness(best)) return mildness(next) > mildness(best);
  return next.problems.length < best.problems.length;
}
