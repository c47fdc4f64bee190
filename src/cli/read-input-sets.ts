import { extname } from 'node:path';
import { describeError } from '../utils/describe-error.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { shownName } from '../utils/printable.ts';
import { readDefinitionText } from '../workflows/definition-text.ts';
import { readInput } from '../workflows/resolve-inputs.ts';
import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';
import { readTextFile } from './read-text-file.ts';
import { usageError } from './usage-error.ts';

/** What one of several runs is given. */
export interface InputSet {
  /** What a person calls it: `set 2`. */
  name: string;
  /** Where it begins in its file, counted from 1. */
  line: number;
  /** By name, as they were written. `requirement` may be among them. */
  values: Readonly<Record<string, unknown>>;
}

/** Whoever has more starts a program for them. */
const mostSets = 200;

/**
 * The sets of `--inputs <file>`: a list in YAML or JSON, or, in a file that ends in `.jsonl`, one JSON object per line.
 * @throws MultiagentError `usage` or `inputs_file.unreadable`; each says which set or line is wrong.
 */
export async function readInputSets(file: string): Promise<InputSet[]> {
  const text = await readTextFile(file, 'inputs file');
  const found = ['.jsonl', '.ndjson'].includes(extname(file).toLowerCase()) ? fromLines(file, text) : fromDocument(file, text);
  if (found.length === 0) throw usageError(`${shownName(file)} holds no set of inputs.`, howToWrite);
  if (found.length > mostSets)
    throw usageError(`${shownName(file)} holds ${found.length} sets of inputs; a command takes ${mostSets} at most.`, 'Divide the file.');
  return found.map(({ value, line }, index) => {
    const name = `set ${index + 1}`;
    if (isRecord(value)) return { name, line, values: value };
    throw usageError(`${inFile(file, { name, line })} is no list of names with values.`, howToWrite);
  });
}

const howToWrite =
  'Write a list with one set for each run: "- { audience: children, pages: 3 }". A file that ends in .jsonl has one JSON object per line.';

interface Found {
  value: unknown;
  line: number;
}

function fromDocument(file: string, text: string): Found[] {
  const { value, faults, locate } = readDefinitionText(text);
  const [fault] = faults;
  if (fault !== undefined) throw usageError(`${shownName(file)}, line ${fault.line ?? 1}: ${fault.message}`, howToWrite);
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw usageError(`${shownName(file)} holds no list of sets.`, howToWrite);
  return value.map((one: unknown, index) => ({ value: one, line: locate({ path: [index], at: 'value', message: '' }).line ?? 1 }));
}

function fromLines(file: string, text: string): Found[] {
  return text.split('\n').flatMap((written, index) => {
    if (written.trim() === '') return [];
    try {
      return [{ value: JSON.parse(written) as unknown, line: index + 1 }];
    } catch (error) {
      throw usageError(`${shownName(file)}, line ${index + 1}: ${shownName(describeError(error).message)}`, howToWrite);
    }
  });
}

/**
 * The inputs that a set gives a workflow, without the requirement. What is written as a text is read in the type of its input, as on the command line.
 * @throws MultiagentError `input.unknown`, `input.invalid`.
 */
export function inputsOfSet(definition: WorkflowDefinition, { values }: InputSet): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === 'requirement') continue;
    inputs[name] = typeof value === 'string' ? readInput(definition, name, value) : value;
  }
  return inputs;
}

/** One error for what is wrong with sets, which names each. */
export function setsError(file: string, wrong: readonly { set: InputSet; error: MultiagentError }[]): MultiagentError {
  const [first] = wrong;
  const hint = wrong.some(({ error }) => error.code === 'input.invalid')
    ? `Correct ${shownName(file)}. A text that looks like a number or like true needs quotation marks.`
    : first?.error.hint;
  const message =
    first !== undefined && wrong.length === 1
      ? `${inFile(file, first.set)}: ${first.error.message}`
      : `${wrong.length} sets of inputs cannot be used:\n${wrong.map(({ set, error }) => `  ${inFile(file, set)}: ${error.message}`).join('\n')}`;
  return new MultiagentError({ category: 'usage', code: first?.error.code ?? 'usage', message, hint });
}

function inFile(file: string, { name, line }: Pick<InputSet, 'name' | 'line'>): string {
  return `${shownName(file)}, ${name} (line ${line})`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
