import type { Task } from '../../agents/task.ts';
import { callsOf } from '../calls-of.ts';
import type { RoleModel } from '../run-context.ts';
import type { StepOptions } from '../step-kind.ts';
import { mostAsked } from './asked-paths.ts';
import { hasLongFiles, manyLines } from './long-files.ts';
import { whatToAskFor } from './project-of-run.ts';

/** It stands after the rules for files, which it is an exception from. */
const editSentence = `Only a file that is there already and has more than ${manyLines} lines is not given whole: its code block, which names it like any other, holds for each place that changes a line \`<<<<<<< CURRENT\`, the lines exactly as they stand there, a line \`=======\`, the new lines, and a line \`>>>>>>> NEW\`. What is quoted has to stand in the file only once.`;

function askingSentence(there: ReadonlySet<'files' | 'skills'>): string {
  const what = [
    ...(there.has('files') ? ['a file of the project that does not stand whole above'] : []),
    ...(there.has('skills') ? ['what a skill says'] : []),
  ].join(', or ');
  const line = [...(there.has('files') ? ['`READ: path/of/the/file`'] : []), ...(there.has('skills') ? ['`READ: skills/name`'] : [])].join(
    ' or ',
  );
  return `If you have to see ${what}, reply with nothing but a line ${line} for each, at most ${mostAsked}: you are shown them, and then go on with this step.`;
}

/**
 * A task with what its agent is told about the project beside the step's own words. Only models that are given full instructions are told: smaller ones do worse
 * with each sentence, and are shown what they need by the program.
 */
export async function toldOfProject({ run, task }: Pick<StepOptions, 'run' | 'task'>, told: Task): Promise<Task> {
  const role = run.modelOf(task);
  if (role.style.length !== 'full') return told;
  const there = callsOf({ run, task })?.tools.includes('read_file') === true ? new Set<'files' | 'skills'>() : await whatToAskFor(run);
  return tellOfProject(told, role, { there, length: (await hasLongFiles({ run, task })) ? 'long' : 'short' });
}

export interface ProjectToTell {
  /** What may be asked for. */
  there: ReadonlySet<'files' | 'skills'>;
  /** Of the files that the step may have to change. */
  length: 'long' | 'short';
}

/** The same for a run that has not begun. */
export function tellOfProject(told: Task, { style, edits }: Pick<RoleModel, 'style' | 'edits'>, { there, length }: ProjectToTell): Task {
  if (style.length !== 'full' || told.schema !== undefined) return told;
  const sentences = [
    ...(edits === 'blocks' && told.expects !== 'text' && length === 'long' ? [editSentence] : []),
    ...(there.size === 0 ? [] : [askingSentence(there)]),
  ];
  if (sentences.length === 0) return told;
  return { ...told, instructions: [told.instructions ?? '', ...sentences].filter((text) => text !== '').join('\n\n') };
}
