import type { Assignment } from '../../agents/plans/assignment.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import { shownName } from '../../utils/printable.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { showFiles } from '../showing/show-files.ts';
import type { AssignmentOptions } from './assignment-options.ts';
import { plannedLength } from './planned-length.ts';

export interface ShownFirst {
  /** Stands before the words of the assignment; empty where there is nothing to show. */
  shown: string;
  /** With the file as it was shown. */
  material: RunMaterial;
}

/** A reply may grow to so many times what is planned for it. */
const mostGrowth = 2;

/**
 * What a model has to see before it is asked for one file: that file, if the project has it and nobody was given it. Nobody can change what was not shown.
 * @param before What stands before it in the message.
 * @throws MultiagentError `project.not_shown` for a file that cannot be shown whole, or is longer than what the model may reply.
 */
export async function showFirst(
  { step, conversation }: AssignmentOptions,
  assignment: Extract<Assignment, { kind: 'file' }>,
  { material, before }: { material: RunMaterial; before: string },
): Promise<ShownFirst> {
  const { path, message } = assignment;
  if (material.isUnseen?.(path) !== true) return { shown: '', material };
  const { run } = step;
  const most = plannedLength(assignment) * mostGrowth;
  const left = conversation.room(`${before}${message}`, { before: 'nothing' });
  const { files, text } = await showFiles({ step, conversation, paths: [path], why: 'assigned', room: Math.min(left ?? most, most) });
  const file = files.find((one) => one.path === path);
  const content = file?.shown === 'whole' && file.sha256 !== undefined ? await run.contentOf(file.sha256) : undefined;
  if (content === undefined) throw notShown(path, file?.sha256 === undefined ? 'cannot be read any more' : 'is too long');
  const projectFiles = [...material.projectFiles, { path, content: new TextDecoder().decode(content) }];
  return { shown: `# What stands there already\n\n${text}`, material: { ...material, projectFiles } };
}

function notShown(path: string, why: 'is too long' | 'cannot be read any more'): MultiagentError {
  return new MultiagentError({
    code: 'project.not_shown',
    message: `The team did not change ${shownName(path)}: it ${why}${why === 'is too long' ? ' for this model to see it and to give it again' : ''}.`,
    hint:
      why === 'is too long'
        ? 'Take a larger model, which changes single lines of long files, or ask for the new part in a file of its own.'
        : 'Start a new run, which reads the project as it is now.',
  });
}
