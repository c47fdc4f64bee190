import { checkDefinition } from './definition-problems.ts';
import { invalidWorkflow } from './invalid-workflow.ts';
import type { StepOptionSchemas, WorkflowDefinition } from './workflow-schema.ts';

/** A definition out of plain data, such as a journal's. @throws MultiagentError `workflow.invalid` with every problem. */
export function parseDefinition(data: Record<string, unknown>, kinds?: StepOptionSchemas): WorkflowDefinition {
  const checked = checkDefinition(data, kinds);
  if (!checked.valid) throw invalidWorkflow(typeof data['name'] === 'string' ? data['name'] : 'of this run', checked.problems);
  return checked.definition;
}
