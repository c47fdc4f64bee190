import { StepKindRegistry } from '../src/orchestrator/step-kinds/step-kind-registry.ts';
import { workflowJsonSchema } from '../src/workflows/workflow-json-schema.ts';

/** The JSON Schema of workflow files with the kinds of steps of this program. */
export function workflowSchemaText(): string {
  return `${JSON.stringify(workflowJsonSchema(new StepKindRegistry().declarations), null, 2)}\n`;
}
