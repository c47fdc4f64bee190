import { z } from 'zod';
import { describeValue } from '../../workflows/shape-problems.ts';
import { jsonSchemaForModel } from '../../llm/chat/json-schema-for-model.ts';

/** What a reply has to be: one JSON value of this shape. */
export interface JsonShape<Value> {
  /** As the server gets it, which makes the model keep to it where it can. */
  schema: Record<string, unknown>;
  /** The value, or what is wrong with it, one line for each fault. It is asked in every case: no server is believed. */
  read: (value: unknown) => { value: Value } | { faults: string[] };
}

/** The most faults that are told: nobody mends more at once. */
const mostFaults = 8;

/** The shape of a schema of this program. @param rules What no schema can say: the faults of a value of the right shape. */
export function shapeOf<Schema extends z.ZodType>(
  schema: Schema,
  rules: (value: z.infer<Schema>) => string[] = () => [],
): JsonShape<z.infer<Schema>> {
  return { schema: jsonSchemaForModel(schema), read: (value) => readWith(schema, value, rules) };
}

/** The shape of a JSON Schema that a definition gives, and that was checked before. */
export function shapeOfSchema(schema: Record<string, unknown>): JsonShape<unknown> {
  const parser = z.fromJSONSchema(schema);
  return { schema, read: (value) => readWith(parser, value, () => []) };
}

function readWith<Schema extends z.ZodType>(schema: Schema, value: unknown, rules: (value: z.infer<Schema>) => string[]) {
  const parsed = schema.safeParse(value, { error: inWords });
  const faults = parsed.success ? rules(parsed.data) : parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  return parsed.success && faults.length === 0 ? { value: parsed.data } : { faults: faults.slice(0, mostFaults) };
}

/** Where the library's own words would leave out what was found. They are told to models, and to people who changed a plan. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_union') return 'has none of the forms that are allowed';
  if (issue.code !== 'invalid_value') return undefined;
  const found = issue.input === undefined ? 'is missing' : `unknown value ${describeValue(issue.input)}`;
  return `${found}; use one of ${issue.values.join(', ')}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name === '' ? 'the whole' : name.replace(/^\./, '');
}
