import { MultiagentError } from '../utils/multiagent-error.ts';
import type { WorkflowDefinition } from './workflow-schema.ts';

/** The input of a run. */
export interface WorkflowInput {
  requirement: string;
}

/** @throws MultiagentError `requirement.empty` if the workflow needs a requirement and there is none. */
export function requireInputs({ name, inputs }: Pick<WorkflowDefinition, 'name' | 'inputs'>, { requirement }: WorkflowInput): void {
  if (requirement.trim() !== '' || inputs?.requirement === 'optional') return;
  throw new MultiagentError({
    category: 'usage',
    code: 'requirement.empty',
    message: `The workflow ${name} needs a requirement, and it is empty.`,
    hint: 'Describe in a file what to build and give it with --req, or give a sentence with --requirement. If a workflow of your own needs none, say so in it: inputs: { requirement: optional }.',
  });
}
