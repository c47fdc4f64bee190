import { resolve } from 'node:path';
import { isSpec } from '../../project/specs/find-specs.ts';
import { shorten } from '../../utils/printable.ts';
import { readRequirement } from '../read-requirement.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';
import { keepRequirement } from './keep-requirement.ts';
import { nearPath } from '../asking/complete-path.ts';
import { WizardBack } from './walk-steps.ts';
import type { WizardMemory } from './wizard-memory.ts';

export interface RequirementChoice {
  text: string;
  /** The options of `run` for the same requirement. */
  options: Pick<RunOptions, 'req' | 'requirement'>;
  /** Absent if the command line gave the requirement. */
  remember?: WizardMemory['requirement'];
}

export interface ChooseRequirementOptions {
  ask: Ask;
  options: RunOptions;
  /** The choice from before the person came back; else empty. */
  before: RequirementChoice;
  memory: WizardMemory;
  workspace: string;
  directory: string;
}

/** Whether the command line gives the requirement; `-` only says that it will be pasted. */
export function isRequirementGiven({ req, requirement }: RunOptions): boolean {
  return requirement !== undefined || (req !== undefined && req !== '-');
}

/** Asks until there is a requirement that is not empty. */
export async function chooseRequirement({
  ask,
  options,
  before,
  memory,
  workspace,
  directory,
}: ChooseRequirementOptions): Promise<RequirementChoice> {
  const { req, requirement } = options;
  if (req === '-') return chosen('pasted', await takeFrom('pasted'));
  // A wrong requirement on the command line is an error, not a reason to ask.
  if (isRequirementGiven(options)) {
    const text = await readRequirement(options);
    ask.answered('Where is the requirement?', requirement === undefined ? (req ?? '') : `"${shorten(requirement.trim(), 60)}"`);
    return { text, options: { req, requirement } };
  }
  const last = memory.requirement;
  const earlier = before.text === '' ? await textOf(last?.file) : before.text;
  for (;;) {
    const choices = sources.map((source) =>
      source.value === 'editor' && earlier !== ''
        ? { ...source, description: `${source.description} It opens with the one from before.` }
        : source,
    );
    const source = await ask.one({ message: 'Where is the requirement?', choices, preset: last?.source });
    try {
      return await chosen(source, await takeFrom(source));
    } catch (error) {
      // Esc goes back to the question where the requirement is.
      if (!(error instanceof WizardBack)) ask.tell(error);
    }
  }

  async function chosen(source: Source, options: RequirementChoice['options']): Promise<RequirementChoice> {
    const remember = { source, ...(options.req === undefined ? {} : { file: options.req }) };
    return { text: await readRequirement(options), options, remember };
  }

  async function takeFrom(source: Source): Promise<RequirementChoice['options']> {
    if (source === 'typed') {
      const { requirement: typed } = before.options;
      return { requirement: (await ask.line({ message: 'What should the team build?', typed })).trim() };
    }
    if (source === 'file') {
      const typed = last?.source !== 'file' || last.file === undefined ? undefined : nearPath(last.file, directory);
      const answer = await ask.path({ message: 'File', typed, whole: (folder) => specification(folder, directory) });
      return { req: 'path' in answer ? answer.path : '' };
    }
    const text =
      source === 'editor'
        ? await ask.editor('The requirement', earlier)
        : await ask.lines('Paste or type it. Finish with Ctrl-D on a line of its own; Esc goes back.');
    // An empty text is refused like any empty requirement.
    return text.trim() === '' ? { requirement: '' } : { req: nearPath(await keepRequirement(text, workspace), directory) };
  }
}

type Source = (typeof sources)[number]['value'];

const sources = [
  { name: 'I type one line', value: 'typed' },
  { name: 'I write it in my editor', value: 'editor', description: 'The one that $VISUAL or $EDITOR names.' },
  { name: 'I paste several lines', value: 'pasted' },
  { name: 'It is in a file', value: 'file', description: 'Or in a folder of Spec Kit, OpenSpec or Kiro.' },
] as const;

/** The requirement of last time, where it can still be read. */
async function textOf(file: string | undefined): Promise<string> {
  return file === undefined ? '' : readRequirement({ req: file }).catch(() => '');
}

function specification(folder: string, directory: string): string | undefined {
  return isSpec(resolve(directory, folder)) ? 'A specification: its documents together are the requirement.' : undefined;
}
