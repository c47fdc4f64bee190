import { readRequirement } from '../read-requirement.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';
import { keepRequirement } from './keep-requirement.ts';
import { nearPath } from './complete-path.ts';
import { WizardBack } from './walk-steps.ts';
import type { WizardMemory } from './wizard-memory.ts';

export interface RequirementChoice {
  text: string;
  /** The options of `run` that give the same. */
  options: Pick<RunOptions, 'req' | 'requirement'>;
  /** Absent where the command line said it. */
  remember?: WizardMemory['requirement'];
}

export interface ChooseRequirementOptions {
  ask: Ask;
  options: RunOptions;
  memory: WizardMemory;
  workspace: string;
  directory: string;
}

/** Whether the command line says what is wanted; `-` says only that it is pasted. */
export function isRequirementGiven({ req, requirement }: RunOptions): boolean {
  return requirement !== undefined || (req !== undefined && req !== '-');
}

/** Asks until there is a requirement with something in it. */
export async function chooseRequirement({
  ask,
  options,
  memory,
  workspace,
  directory,
}: ChooseRequirementOptions): Promise<RequirementChoice> {
  const { req, requirement } = options;
  if (req === '-') return chosen('pasted', await takeFrom('pasted'));
  // What the command line says wrongly is an error of the command line.
  if (isRequirementGiven(options)) return { text: await readRequirement(options), options: { req, requirement } };
  const last = memory.requirement;
  for (;;) {
    const source = await ask.one({ message: 'Where is the requirement?', choices: sources, preset: last?.source });
    try {
      return await chosen(source, await takeFrom(source));
    } catch (error) {
      // From where it is written back to where it is.
      if (!(error instanceof WizardBack)) ask.tell(error);
    }
  }

  async function chosen(source: Source, options: RequirementChoice['options']): Promise<RequirementChoice> {
    const remember = { source, ...(source === 'file' && options.req !== undefined ? { file: options.req } : {}) };
    return { text: await readRequirement(options), options, remember };
  }

  async function takeFrom(source: Source): Promise<RequirementChoice['options']> {
    if (source === 'typed') return { requirement: (await ask.line({ message: 'What is the team to build?' })).trim() };
    if (source === 'file') {
      const typed = last?.file === undefined ? undefined : nearPath(last.file, directory);
      const answer = await ask.path({ message: 'File', typed });
      return { req: 'path' in answer ? answer.path : '' };
    }
    const text =
      source === 'editor'
        ? await ask.editor('The requirement')
        : await ask.lines('Paste or type it. Ctrl-D on a line of its own ends it; Esc goes back.');
    // An empty one is refused like any other.
    return text.trim() === '' ? { requirement: '' } : { req: nearPath(await keepRequirement(text, workspace), directory) };
  }
}

type Source = (typeof sources)[number]['value'];

const sources = [
  { name: 'I type one line', value: 'typed' },
  { name: 'I write it in my editor', value: 'editor', description: 'The one that $VISUAL or $EDITOR names.' },
  { name: 'I paste several lines', value: 'pasted' },
  { name: 'It is in a file', value: 'file' },
] as const;
