import { readInput } from '../workflows/resolve-inputs.ts';
import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';
import { usageError } from './usage-error.ts';

/** The inputs of a workflow from `--input name=value`, with the types that the workflow gives them. @throws MultiagentError for one that it does not have. */
export function readInputs(definition: WorkflowDefinition, given: readonly string[]): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  for (const written of given) {
    const at = written.indexOf('=');
    const name = written.slice(0, Math.max(at, 0)).trim();
    if (name === '') throw usageError(`--input takes a name and a value; it was given "${written}".`, 'Give it as --input name=value.');
    if (name === 'requirement') throw usageError('The requirement is not given with --input.', 'Give it with --requirement or --req.');
    if (Object.hasOwn(inputs, name)) throw usageError(`The input ${name} is given twice.`, 'Leave out one of them.');
    inputs[name] = readInput(definition, name, written.slice(at + 1));
  }
  return inputs;
}
