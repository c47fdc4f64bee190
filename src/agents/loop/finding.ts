import type { CallsOfReply } from '../../tools/calls/calls-of-reply.ts';

/**
 * The remedy for a finding. `call`: call the tools that it calls, and let the model go on with the results. `show`: show the model the files at `paths`, and let it go on. `mend_edit`: tell the model which of its changes could not be made, in
 * the same conversation. `correct`: tell the model, in the same conversation. `repair`: ask for the files that do not parse, and nothing else. `try_again`: send the
 * same message again, without the failed reply. `none`: nothing helps.
 */
export type Remedy = 'call' | 'show' | 'mend_edit' | 'correct' | 'repair' | 'try_again' | 'none';

/** Something wrong with a reply that can be seen without running it. */
export interface Finding {
  /** The kind of finding, for programs. */
  code: string;
  /** A part of a sentence, for people. */
  message: string;
  remedy: Remedy;
  /** What the model is told, if that helps. */
  correction?: string | undefined;
  /** The files that it is about, where the remedy needs to know. */
  paths?: readonly string[] | undefined;
  /** What it calls, where the remedy is to call that. */
  calls?: CallsOfReply | undefined;
  /** What a person can do, if nothing else helps. */
  hint?: string | undefined;
  /** Among several attempts, the one whose worst finding weighs least is kept; with `Infinity` there is nothing to keep. Default 0. */
  weight?: number | undefined;
}

/** Looks for one kind of mistake in a reply or in a file from it. */
export type Checker<Subject> = (subject: Subject) => Promise<Finding[]> | Finding[];

/** All findings of all checkers, in their order. */
export async function allFindings<Subject>(checkers: readonly Checker<Subject>[], subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checkers) findings.push(...(await check(subject)));
  return findings;
}

/** The findings of the first checker that finds something. The checkers behind it rely on what it checks. */
export async function firstFindings<Subject>(checkers: readonly Checker<Subject>[], subject: Subject): Promise<Finding[]> {
  for (const check of checkers) {
    const findings = await check(subject);
    if (findings.length > 0) return findings;
  }
  return [];
}
