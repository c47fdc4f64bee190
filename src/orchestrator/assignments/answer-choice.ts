import type { Assignment } from '../../agents/plans/assignment.ts';
import type { AssignmentOptions } from './assignment-options.ts';
import { seedFor } from './seed-for.ts';

/** Tokens that some names take. */
const fewNames = 64;

/** The files that a reply names, in the order that was offered; where it names none, or does not say, all of them. */
export async function answerChoice(
  { step: { run, task }, conversation }: AssignmentOptions,
  { among, message }: Extract<Assignment, { kind: 'choice' }>,
): Promise<string[]> {
  const given = run.modelOf(task).limitsOf(task).sampling.seed;
  const seed = seedFor({ run: run.run, activity: conversation.next, given, attempt: 1 });
  const reply = await conversation.ask(message, {
    before: 'nothing',
    sampling: { temperature: 0, seed },
    plannedTokens: fewNames,
    holds: 'text',
  });
  const chosen = among.filter((path) => reply.text.includes(path));
  return chosen.length > 0 ? chosen : [...among];
}
