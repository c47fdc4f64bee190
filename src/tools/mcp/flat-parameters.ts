import { z } from 'zod';
import { shownName, shorten, printableLine } from '../../utils/printable.ts';
import type { ToolParameters } from '../tool.ts';

/** What a server says of the arguments of a tool, as far as a model can give them. */
export type FlatParameters =
  | { kind: 'flat'; parameters: ToolParameters; example: string }
  /** `why`: continues a sentence that begins with the tool. */
  | { kind: 'unfit'; why: string };

const mostParameters = 20;
const mostChoices = 50;
const longestText = 10_000;
const longestDescription = 200;

/**
 * Reads the JSON Schema of a tool's arguments. Models are told of texts, numbers, yes or no and choices between texts; a tool that wants anything else is not for them.
 * What must be given stands first. A schema is text from outside: patterns, formats and bounds in it are the server's to check.
 */
export function flatParameters(schema: unknown): FlatParameters {
  const { properties = {}, required = [], ...rest } = asObject(schema);
  const whole = ['allOf', 'anyOf', 'oneOf', '$ref', 'not'].find((key) => Object.hasOwn(rest, key));
  if (whole !== undefined) return { kind: 'unfit', why: `describes its arguments with ${whole}` };
  const must = new Set(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []);
  const given = Object.entries(asObject(properties));
  if (given.length > mostParameters) return { kind: 'unfit', why: `has more than ${mostParameters} arguments` };
  const missing = [...must].find((name) => !given.some(([known]) => known === name));
  if (missing !== undefined) return { kind: 'unfit', why: `wants the argument ${shownName(missing)} and does not describe it` };
  const shape: [string, z.ZodType][] = [];
  const examples: string[] = [];
  for (const [name, property] of given.toSorted(([one], [other]) => Number(must.has(other)) - Number(must.has(one)))) {
    if (!/^[A-Za-z]\w{0,60}$/.test(name))
      return { kind: 'unfit', why: `has an argument whose name cannot be written in a call (${shownName(name)})` };
    const read = readProperty(name, property);
    if (read === undefined)
      return { kind: 'unfit', why: `has an argument that is no text, number, yes or no, or choice (${shownName(name)})` };
    const described = descriptionOf(property);
    const schemaOf = described === '' ? read.schema : read.schema.describe(described);
    shape.push([name, must.has(name) ? schemaOf : schemaOf.optional()]);
    if (must.has(name)) examples.push(read.example);
  }
  return { kind: 'flat', parameters: z.object(Object.fromEntries(shape)), example: examples.join(', ') };
}

function readProperty(name: string, property: unknown): { schema: z.ZodType; example: string } | undefined {
  const { type, enum: choices, const: only } = unlessNull(asObject(property));
  const texts = only === undefined ? choices : [only];
  if (texts !== undefined) {
    if (!Array.isArray(texts) || texts.length === 0 || texts.length > mostChoices || !texts.every(isChoice)) return undefined;
    return { schema: z.enum(texts as [string, ...string[]]), example: JSON.stringify(texts[0]) };
  }
  if (type === 'string') {
    const tooLong = `it must have at most ${longestText} characters`;
    return { schema: z.string().max(longestText, tooLong), example: JSON.stringify(`some ${name.replaceAll('_', ' ').trim()}`) };
  }
  if (type === 'number') return { schema: z.number('it must be a number'), example: '1' };
  if (type === 'integer') return { schema: z.number('it must be a whole number').int('it must be a whole number'), example: '1' };
  return type === 'boolean' ? { schema: z.boolean('it must be true or false'), example: 'true' } : undefined;
}

/** What may also be nothing is what it is otherwise: a model leaves it out. */
function unlessNull(property: Record<string, unknown>): Record<string, unknown> {
  const { type, anyOf, ...rest } = property;
  if (Array.isArray(type)) {
    const types = type.filter((one) => one !== 'null');
    return types.length === 1 ? { ...rest, type: types[0] } : {};
  }
  if (anyOf === undefined) return property;
  const forms = Array.isArray(anyOf) ? anyOf.map(asObject).filter((form) => form['type'] !== 'null') : [];
  return forms.length === 1 && !Object.hasOwn(forms[0]!, 'anyOf') ? unlessNull({ ...rest, ...forms[0] }) : {};
}

function isChoice(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 100 && shownName(text) === text;
}

function descriptionOf(property: unknown): string {
  const { description } = asObject(property);
  return typeof description === 'string' ? shorten(printableLine(description.slice(0, 2000).trim()), longestDescription) : '';
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
