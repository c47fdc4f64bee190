import type { z } from 'zod';
import { longestArguments as mostJson } from '../../llm/chat/tool-calls.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { shownName } from '../../utils/printable.ts';
import type { ToolParameters } from '../tool.ts';
import { describeCall } from './describe-call.ts';
import type { GivenArguments } from './given-arguments.ts';
import { kindOf } from './parameter-kind.ts';

export type ParsedArguments<Parameters extends ToolParameters> =
  | { kind: 'valid'; arguments: z.output<Parameters> }
  /** `message`: sentences for the model. */
  | { kind: 'invalid'; message: string };

const mostFaults = 3;

/** The parameters of a tool, and its name for what is told of a wrong call. */
export interface CalledTool<Parameters extends ToolParameters> {
  name: string;
  parameters: Parameters;
}

/**
 * What a model gave, as the tool wants it. A number or a yes or no that stands in quotes is one, and `null` is nothing. Never throws: what is wrong is told in a
 * sentence, with what is expected.
 */
export function parseArguments<Parameters extends ToolParameters>(
  tool: CalledTool<Parameters>,
  given: GivenArguments,
): ParsedArguments<Parameters> {
  const invalid = (why: string) => ({ kind: 'invalid', message: `${why} The call looks like this: ${describeCall(tool)}` }) as const;
  const named = given.kind === 'json' ? readObject(given.text) : nameValues(tool.parameters, given);
  if (typeof named === 'string') return invalid(named);
  const names = Object.keys(tool.parameters.shape);
  const unknown = [...named.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) return invalid(`${tool.name} has no argument '${shownName(unknown)}'.`);
  const values = [...named].flatMap(([name, value]) => {
    const plain = value === null ? undefined : inKind(tool.parameters.shape[name] as z.ZodType, value);
    return plain === undefined ? [] : [[name, plain] as const];
  });
  const parsed = tool.parameters.safeParse(Object.fromEntries(values));
  if (parsed.success) return { kind: 'valid', arguments: parsed.data };
  const faults = parsed.error.issues.slice(0, mostFaults).map(({ path: [name = ''], message }) => {
    const value = named.get(String(name)) ?? undefined;
    return value === undefined ? `'${String(name)}' is missing.` : `'${String(name)}' is ${shownValue(value)}: ${endSentence(message)}`;
  });
  return invalid(faults.join(' '));
}

/** @returns a sentence if there is no object. A map, because any text may be the name of a field. */
function readObject(text: string): ReadonlyMap<string, unknown> | string {
  if (text.length > mostJson) return `The arguments are longer than ${mostJson} characters.`;
  if (text.trim() === '') return new Map();
  const value = parseJson(text);
  if (value === undefined) return 'The arguments are no JSON.';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The arguments are no JSON object.';
  return new Map(Object.entries(value));
}

function nameValues(
  parameters: ToolParameters,
  { positional, named }: Extract<GivenArguments, { kind: 'values' }>,
): ReadonlyMap<string, unknown> | string {
  const names = Object.keys(parameters.shape);
  if (positional.length > names.length) return `It takes at most ${names.length} arguments, and there are ${positional.length}.`;
  const values = new Map(positional.map((value, at) => [names[at]!, value]));
  for (const [name, value] of Object.entries(named)) {
    if (values.has(name)) return `'${shownName(name)}' is given twice.`;
    values.set(name, value);
  }
  return values;
}

/** Models write numbers as texts, and texts as numbers. */
function inKind(schema: z.ZodType, value: unknown): unknown {
  const kind = kindOf(schema);
  if (kind === 'number' && typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim())) return Number(value);
  if (kind === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (kind === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return value;
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return `'${shownName(value)}'`;
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return shownName(JSON.stringify(value) ?? 'nothing');
}

function endSentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}
