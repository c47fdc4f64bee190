/**
 * What helps against a finding. `correct`: the model is told, in the same conversation. `repair`: it is asked for the files that do not parse, and nothing else.
 * `try_again`: the same is asked anew, without what came of it. `none`: nothing does.
 */
export type Remedy = 'correct' | 'repair' | 'try_again' | 'none';

/** What is wrong with a reply, as far as that can be seen without running it. */
export interface Finding {
  /** Names the kind, for programs. */
  code: string;
  /** A part of a sentence, for people. */
  message: string;
  remedy: Remedy;
  /** What the model is told, where that helps. */
  correction?: string | undefined;
  /** What a person can do, where nothing else helps. */
  hint?: string | undefined;
  /** Of several tries the one whose worst finding weighs least counts; with `Infinity` there is nothing to keep. Default 0. */
  weight?: number | undefined;
}

/** Looks for one kind of mistake in what a reply is, or holds. */
export type Checker<Subject> = (subject: Subject) => Promise<Finding[]> | Finding[];

/** All findings of all checkers, in their order. */
export async function allFindings<Subject>(checkers: readonly Checker<Subject>[], subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checkers) findings.push(...(await check(subject)));
  return findings;
}

/** The findings of the first checker that has any: what later ones would say rests on it. */
export async function firstFindings<Subject>(checkers: readonly Checker<Subject>[], subject: Subject): Promise<Finding[]> {
  for (const check of checkers) {
    const findings = await check(subject);
    if (findings.length > 0) return findings;
  }
  return [];
}
