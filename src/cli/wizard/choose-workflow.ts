import { resolve } from 'node:path';
import type { WorkflowCatalogue } from '../../workflows/workflow-catalogue.ts';
import { resolveInputs } from '../../workflows/resolve-inputs.ts';
import { readInputs } from '../read-inputs.ts';
import type { Ask, Choice } from './ask.ts';
import type { RequirementChoice } from './choose-requirement.ts';
import type { GivenWorkflow } from './given-workflow.ts';
import { suggestWorkflow } from './suggest-workflow.ts';
import type { WizardMemory } from './wizard-memory.ts';

export interface ChooseWorkflowOptions {
  ask: Ask;
  /** The one that the command line names, if it does. */
  named: GivenWorkflow | undefined;
  /** What the command line gives of the inputs that a workflow asks for: `name=value`. */
  input: readonly string[];
  requirement: RequirementChoice;
  /** The choice from before the person came back. */
  chosen: string | undefined;
  memory: WizardMemory;
  catalogue: WorkflowCatalogue;
  directory: string;
  /** Whether there is code that the team can work on. */
  code: 'there' | 'none';
  /** Whether a person is asked for what the command line leaves open, or wants the defaults. */
  rest: 'asked' | 'by_default';
}

/** Asks until there is a workflow whose inputs are given. @throws MultiagentError `input.missing` and its like, where nothing is asked. */
export async function chooseWorkflow({ named, input, rest, ...options }: ChooseWorkflowOptions): Promise<GivenWorkflow> {
  const { ask, catalogue, requirement } = options;
  const isAsked = named === undefined && rest === 'asked';
  for (let { chosen } = options; ;) {
    const { choices, preset } = offered({ ...options, chosen });
    chosen = isAsked ? await ask.one({ message, choices, preset }) : preset;
    const workflow = named ?? { definition: catalogue.get(chosen) };
    const title = named === undefined ? choices.find(({ value }) => value === chosen)?.name : named.file;
    if (!isAsked) ask.answered(message, title ?? workflow.definition.title);
    try {
      resolveInputs(workflow.definition, { requirement: requirement.text, inputs: readInputs(workflow.definition, input) });
      return workflow;
    } catch (error) {
      if (!isAsked) throw error;
      ask.tell(error);
    }
  }
}

const message = 'Workflow';

type Offer = Pick<ChooseWorkflowOptions, 'requirement' | 'chosen' | 'memory' | 'catalogue' | 'directory' | 'code'>;

function offered({ requirement, chosen, memory, catalogue, directory, code }: Offer): { choices: Choice<string>[]; preset: string } {
  const { workflow: suggested, why } = suggestWorkflow({ requirement: requirement.text, code: quotes(requirement) ? 'there' : code });
  const workflows = catalogue.list();
  const isKnown = (name: string | undefined) => workflows.some((workflow) => workflow.name === name);
  // The same requirement file as last time suggests the same workflow.
  const { req } = requirement.options;
  const isSameRequirement = req !== undefined && memory.requirement?.file === resolve(directory, req);
  const earlier = isKnown(chosen) ? chosen : isSameRequirement && isKnown(memory.workflow) ? memory.workflow : undefined;
  return {
    choices: workflows.map(({ name, title, description }) => ({
      name: `${title}${name === suggested ? ' (suggested)' : ''}${name === memory.workflow ? ' (last time)' : ''}`,
      value: name,
      description: name === suggested ? `${description} ${why}` : description,
    })),
    preset: earlier ?? suggested,
  };
}

/** Code that stands in the requirement is there, too. */
function quotes({ text }: RequirementChoice): boolean {
  return /^ {0,3}(```|~~~)/m.test(text);
}
