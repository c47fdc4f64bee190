import type { Assignment } from '../../agents/plans/assignment.ts';
import { renderMaterial, shownFiles } from '../../agents/plans/render-material.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { showStanding } from '../showing/show-standing.ts';
import type { AssignmentOptions } from './assignment-options.ts';

/**
 * What a message that asks for one thing begins with: what the run holds. Where that is too much, the file that is asked for and what it imports come first; small
 * models cannot ask for the rest.
 */
export async function shownForAssignment(
  { step, conversation }: Pick<AssignmentOptions, 'step' | 'conversation'>,
  assignment: Extract<Assignment, { kind: 'file' | 'text' }>,
  material: RunMaterial,
): Promise<string> {
  const { layout } = step.run.modelOf(step.task).style;
  const beside = renderMaterial({ material, layout });
  if (showsTurns(layout)) return beside;
  const standing = await showStanding({
    step,
    conversation,
    files: shownFiles(material, assignment.shows),
    of: 'all',
    message: `${beside}${assignment.message}`,
    before: 'nothing',
    asked: assignment.kind === 'file' ? assignment.path : undefined,
    mayAsk: false,
  });
  return `${standing}${beside}`;
}
