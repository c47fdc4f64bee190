import { MultiagentError } from '../utils/multiagent-error.ts';
import type { WorkflowDefinition } from './workflow-schema.ts';

/** What a run of a workflow is given. */
export interface WorkflowInput {
  requirement: string;
}

/** @throws MultiagentError `requirement.empty` where the workflow needs a requirement, and there is none. */
export function requireInputs({ name, inputs }: Pick<WorkflowDefinition, 'name' | 'inputs'>, { requirement }: WorkflowInput): void {
  if (requirement.trim() !== '' || inputs?.requirement === 'optional') return;
  throw new MultiagentError({
    category: 'usage',
    code: 'requirement.empty',
    message: `The workflow ${name} needs a requirement, and it is empty.`,
    hint: 'Write what is to be built into a file and give it with --req, or give a sentence with --requirement. A workflow of your own that needs none says so: inputs: { requirement: optional }.',
  });
}
