import { basename } from 'node:path';
import { readDefinition } from '../utils/definition-folder.ts';
import { unreadableReason } from '../utils/describe-error.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { checkDefinition } from './definition-problems.ts';
import { readDefinitionText } from './definition-text.ts';
import { invalidWorkflow } from './invalid-workflow.ts';
import type { StepKindDeclarations } from './step-kind-declaration.ts';
import type { WorkflowDefinition } from './workflow-schema.ts';

export interface LoadWorkflowOptions {
  /** Absolute: the folder that the file must be in, links followed. Absent: anywhere. */
  within?: string | undefined;
  kinds?: StepKindDeclarations | undefined;
  /** The workflow that a file extends. Absent: none can be extended. @throws MultiagentError. */
  baseOf?: ((name: string) => WorkflowDefinition) | undefined;
}

/**
 * Reads a workflow from a YAML (or JSON) file: a regular file of limited size.
 * @throws MultiagentError `workflow.unreadable` if the file cannot be read, and what `parseWorkflow` throws.
 */
export function loadWorkflow(path: string, { within, ...options }: LoadWorkflowOptions = {}): WorkflowDefinition {
  let text: string;
  try {
    text = readDefinition(path, { within });
  } catch (error) {
    throw new MultiagentError({
      category: 'usage',
      code: 'workflow.unreadable',
      message: `The workflow file ${path} cannot be read: ${unreadableReason(error)}.`,
      hint: 'Give the path of a YAML file that exists and that you can read.',
      cause: error,
    });
  }
  return parseWorkflow(text, basename(path), options);
}

/**
 * Reads a workflow from its YAML (or JSON) text. `fileName` is only for the error.
 * @throws MultiagentError `workflow.invalid`, with the line and column of every problem.
 */
export function parseWorkflow(
  text: string,
  fileName: string,
  { kinds, baseOf }: Omit<LoadWorkflowOptions, 'within'> = {},
): WorkflowDefinition {
  const document = readDefinitionText(text);
  if (document.faults.length > 0) throw invalidWorkflow(fileName, document.faults);
  const checked = checkDefinition(document.value, kinds, baseOf);
  if (checked.valid) return checked.definition;
  throw invalidWorkflow(fileName, checked.problems.map(document.locate));
}
