import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import type { InvalidWorkflowError } from '../../src/workflows/invalid-workflow.ts';
import { parseWorkflow } from '../../src/workflows/load-workflow.ts';

const { declarations: kinds } = new StepKindRegistry();

/** What is said of a file, a line for each problem. */
export function problemsOf(text: string): string[] {
  try {
    parseWorkflow(text, 'own.yaml', { kinds });
    return [];
  } catch (error) {
    return (error as InvalidWorkflowError).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

/** The beginning of a workflow; keys and steps come behind. */
export const head = 'version: 1\nname: own\n';

/** A workflow of these steps, the first on line 4. */
export const workflowOf = (...steps: string[]): string => `${head}steps:\n${steps.map((line) => `  - ${line}\n`).join('')}`;
