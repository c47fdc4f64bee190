import type { Assignment } from '../../agents/plans/assignment.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { unwrapText } from '../../files/unwrap-text.ts';
import { keepText } from '../conversation/keep-text.ts';
import type { Finding } from '../../agents/loop/finding.ts';
import { followSteps } from '../../agents/loop/follow-steps.ts';
import type { Tried } from '../../agents/loop/next-step.ts';
import { oneText } from '../../agents/loop/turn-bounds.ts';
import { judgeText } from '../judging/judge-text.ts';
import type { AssignmentOptions } from './assignment-options.ts';
import { plannedLength } from './planned-length.ts';
import { seedFor } from './seed-for.ts';
import { shownForAssignment } from './shown-for-assignment.ts';

/** A second try is to be another one. */
const warmer = 0.4;

/**
 * Asks for a text, and once more where it has no substance.
 * @returns the exchange it came from.
 * @throws MultiagentError `reply.empty` where neither reply had; what the model throws.
 */
export async function writeTextAssignment(
  { step, conversation }: Pick<AssignmentOptions, 'step' | 'conversation'>,
  assignment: Extract<Assignment, { kind: 'text' }>,
  material: RunMaterial,
): Promise<{ activity: string }> {
  const { run, task } = step;
  const { limitsOf } = run.modelOf(task);
  const { temperature = 0.7, seed: given } = limitsOf(task).sampling;
  const standing = await shownForAssignment({ step, conversation }, assignment, material);
  const shown = conversation.said(assignment.message) ?? standing;
  const ask = async (by: Tried['by'], attempt: number) => {
    const activity = conversation.next;
    const reply = await conversation.ask(`${shown}${assignment.message}`, {
      before: 'nothing',
      plannedTokens: plannedLength(assignment),
      sampling: {
        temperature: Math.min(1, temperature + warmer * (attempt - 1)),
        seed: seedFor({ run: run.run, activity, given, attempt }),
      },
    });
    const text = unwrapText(reply.text);
    const earlier = material.documentsLike(text);
    const verdict = judgeText({ text, message: assignment.message, requirement: material.requirement, earlier });
    const findings: Finding[] =
      verdict.kind === 'substance' ? [] : [{ code: 'reply.empty', message: verdict.why, remedy: 'try_again', weight: Infinity }];
    return { by, findings, activity, text, length: reply.text.length };
  };
  const end = await followSteps({
    bounds: oneText,
    begin: () => ask('first', 1),
    act: (next) => ask(next.kind, next.kind === 'try_again' ? next.attempt : 1),
  });
  if (end.kind === 'accepted') {
    await keepText(step, end.reply.text, { length: end.reply.length });
    return { activity: end.reply.activity };
  }
  throw new MultiagentError({
    code: 'reply.empty',
    message: `The team did not manage ${task.taskType}: ${[...new Set(end.findings.map(({ message }) => message))].join('; ')}.`,
    hint: 'Try "multiagent retry", or take a larger model. The replies are kept in the journal.',
  });
}
