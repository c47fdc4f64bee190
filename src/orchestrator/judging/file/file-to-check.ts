import type { Assignment } from '../../../agents/plans/assignment.ts';
import type { Finding } from '../../../agents/loop/finding.ts';

/** A file that a model was asked for on its own, as the reply contains it. */
export interface FileToCheck {
  assignment: Extract<Assignment, { kind: 'file' }>;
  /** What the person and the step ask for, in their words. */
  asked: string;
  /** After automatic fixes. */
  content: string;
  /** The earlier content at its path. */
  standing: string | undefined;
  /** The other files of the run and the project. */
  siblings: { path: string; content: string }[];
  /** Files that the step writes after this one. */
  due: readonly string[];
  /** Whether the reply is complete, or the file was ended at a place where that does no harm. */
  ending: 'whole' | 'breaks_off';
}

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

/** With one of these, there is nothing to keep. */
const worthless: ReadonlySet<Shortcoming> = new Set(['no_file', 'unchanged', 'prose']);

/** A small model repeats a mistake that it is shown, so the same message is sent again. */
export function shortcoming(code: Shortcoming, message: string): Finding {
  const weight = worthless.has(code) ? Infinity : shortcomings.length - shortcomings.indexOf(code);
  return { code, message, remedy: 'try_again', weight };
}
