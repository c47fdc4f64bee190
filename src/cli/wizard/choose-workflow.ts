import { resolve } from 'node:path';
import type { WorkflowCatalogue } from '../../workflows/workflow-catalogue.ts';
import type { Ask } from './ask.ts';
import type { RequirementChoice } from './choose-requirement.ts';
import { suggestWorkflow } from './suggest-workflow.ts';
import type { WizardMemory } from './wizard-memory.ts';

export interface ChooseWorkflowOptions {
  ask: Ask;
  requirement: RequirementChoice;
  /** The choice from before the person came back; else empty. */
  chosen: string;
  memory: WizardMemory;
  catalogue: WorkflowCatalogue;
  directory: string;
  /** Whether there is code that the team can work on. */
  code: 'there' | 'none';
}

export function chooseWorkflow({ ask, requirement, chosen, memory, catalogue, directory, code }: ChooseWorkflowOptions): Promise<string> {
  const { workflow: suggested, why } = suggestWorkflow({ requirement: requirement.text, code: quotes(requirement) ? 'there' : code });
  const workflows = catalogue.list();
  const isKnown = (name: string | undefined) => workflows.some((workflow) => workflow.name === name);
  // The same requirement file as last time suggests the same workflow.
  const { req } = requirement.options;
  const isSameRequirement = req !== undefined && memory.requirement?.file === resolve(directory, req);
  const earlier = isKnown(chosen) ? chosen : isSameRequirement && isKnown(memory.workflow) ? memory.workflow : undefined;
  return ask.one({
    message: 'Workflow',
    choices: workflows.map(({ name, title, description }) => ({
      name: `${title}${name === suggested ? ' (suggested)' : ''}${name === memory.workflow ? ' (last time)' : ''}`,
      value: name,
      description: name === suggested ? `${description} ${why}` : description,
    })),
    preset: earlier ?? suggested,
  });
}

/** Code that stands in the requirement is there, too. */
function quotes({ text }: RequirementChoice): boolean {
  return /^ {0,3}(```|~~~)/m.test(text);
}
