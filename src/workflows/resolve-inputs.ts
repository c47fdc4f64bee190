import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { shownName } from '../utils/printable.ts';
import { type InputDeclaration, inputsOf, isOfType, nameOfInputType, type WorkflowInputs } from './workflow-inputs.ts';

/** What a run is given: the requirement, and the other inputs by name. */
export interface WorkflowInput {
  requirement: string;
  inputs?: Readonly<Record<string, unknown>> | undefined;
}

interface NamedWorkflow {
  name: string;
  inputs?: WorkflowInputs | undefined;
}

/**
 * The inputs of a run with the defaults of those that were not given.
 * @throws MultiagentError `requirement.empty`, `input.unknown`, `input.missing`, `input.invalid`: each says what to type.
 */
export function resolveInputs(
  workflow: NamedWorkflow,
  { requirement, inputs: given = {} }: WorkflowInput,
): { requirement: string; inputs: Record<string, unknown> } {
  const declared = inputsOf(workflow);
  for (const name of Object.keys(given)) if (!declared.has(name) || name === 'requirement') throw unknownInput(workflow, name, declared);
  const values = [...declared].flatMap(([name, declaration]) => {
    if (name === 'requirement') return [];
    const value = Object.hasOwn(given, name) ? given[name] : declaration.default;
    if (value === undefined) throw missingInput(workflow, name, declaration);
    if (!isOfType(value, declaration.type)) throw invalidInput(workflow, name, declaration, value);
    return [[name, value] as const];
  });
  return { requirement: resolveRequirement(workflow, requirement, declared.get('requirement')), inputs: Object.fromEntries(values) };
}

/** Whether a run of it can begin without a requirement. */
export function needsRequirement(workflow: { inputs?: WorkflowInputs | undefined }): boolean {
  const declared = inputsOf(workflow).get('requirement');
  return declared !== undefined && declared.default === undefined;
}

/** An input as it was typed. A list is JSON, or its values with commas between them. @throws MultiagentError `input.unknown`, `input.invalid`. */
export function readInput(workflow: NamedWorkflow, name: string, typed: string): unknown {
  const declared = inputsOf(workflow);
  const declaration = declared.get(name);
  if (declaration === undefined || name === 'requirement') throw unknownInput(workflow, name, declared);
  const value = valueOf(typed, declaration);
  if (value === undefined) throw invalidInput(workflow, name, declaration, typed);
  return value;
}

function valueOf(typed: string, { type }: InputDeclaration): unknown {
  const word = typed.trim().toLowerCase();
  switch (type) {
    case 'text':
      return typed;
    case 'number':
      return word === '' || word.length > 40 || !Number.isFinite(Number(word)) ? undefined : Number(word);
    case 'boolean':
      return ['true', 'yes'].includes(word) ? true : ['false', 'no'].includes(word) ? false : undefined;
    default: {
      if (!word.startsWith('[')) return typed.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
      try {
        const list: unknown = JSON.parse(typed);
        return Array.isArray(list) ? list : undefined;
      } catch {
        return undefined;
      }
    }
  }
}

function resolveRequirement({ name }: NamedWorkflow, requirement: string, declared: InputDeclaration | undefined): string {
  if (requirement.trim() !== '') return requirement;
  if (declared === undefined) return '';
  if (typeof declared.default === 'string') return declared.default;
  throw new MultiagentError({
    category: 'usage',
    code: 'requirement.empty',
    message: `The workflow ${name} needs a requirement, and it is empty.`,
    hint: 'Describe in a file what to build and give it with --req, or give a sentence with --requirement. If a workflow of your own needs none, say so in it: inputs: { requirement: optional }.',
  });
}

function unknownInput({ name: workflow }: NamedWorkflow, name: string, declared: ReadonlyMap<string, InputDeclaration>): MultiagentError {
  const names = [...declared.keys()].filter((other) => other !== 'requirement');
  const near = nearestName(name, names);
  const all = names.length === 0 ? 'It has none but the requirement: --req or --requirement.' : `Its inputs: ${names.join(', ')}.`;
  return new MultiagentError({
    category: 'usage',
    code: 'input.unknown',
    message: `The workflow ${workflow} has no input called ${shownName(name)}.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}${all}`,
  });
}

function missingInput({ name: workflow }: NamedWorkflow, name: string, { type, description }: InputDeclaration): MultiagentError {
  const what = description === undefined ? '' : `: ${shownName(description)}`;
  return new MultiagentError({
    category: 'usage',
    code: 'input.missing',
    message: `The workflow ${workflow} needs the input ${name} (${nameOfInputType(type)}${what}), and it is not given.`,
    hint: `Give it with --input ${name}=<value>.`,
  });
}

function invalidInput({ name: workflow }: NamedWorkflow, name: string, { type }: InputDeclaration, value: unknown): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'input.invalid',
    message: `The input ${name} of the workflow ${workflow} expects ${nameOfInputType(type)}, found ${shownName(JSON.stringify(value) ?? typeof value)}.`,
    hint: type === 'list' ? `Give its values with commas between them: --input ${name}=one,two.` : `Give it with --input ${name}=<value>.`,
  });
}
