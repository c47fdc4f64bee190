/** Something that a JSON Schema of a reply may not say, and where. */
export interface ReplySchemaProblem {
  path: PropertyKey[];
  message: string;
}

/** A schema stands in the question, and is made into a grammar: both get slow, and small models lost, long before this. */
const longest = 8000;
const deepest = 8;
const mostProperties = 50;
const mostValues = 50;

const types: ReadonlySet<unknown> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === 'string' ? undefined : 'expected a text');
const isCount: Check = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'expected a whole number from 0');
const isNumber: Check = (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : 'expected a number');
const isPlain: Check = (value) =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) ? undefined : 'expected a text, a number, true, false or null';

/** What a schema may say, beside what holds further schemas. What is not here is refused: patterns because they can take for ever, references because they can go round. */
const keywords: Readonly<Record<string, Check>> = {
  type: (value) => (types.has(value) ? undefined : `expected one of ${[...types].join(', ')}`),
  title: isText,
  description: isText,
  const: isPlain,
  enum: (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= mostValues && value.every((one) => isPlain(one) === undefined)
      ? undefined
      : `expected a list of 1 to ${mostValues} texts, numbers, true, false or null`,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  minimum: isNumber,
  maximum: isNumber,
};
const nesting: ReadonlySet<string> = new Set(['properties', 'required', 'additionalProperties', 'items', 'anyOf']);

/**
 * What keeps a value from being a JSON Schema that a reply can be bound by: a part of JSON Schema that every server can make a grammar of, bounded in size and
 * depth. Takes time in proportion to these bounds, whatever it is given.
 */
export function replySchemaProblems(schema: unknown): ReplySchemaProblem[] {
  const problems = new SchemaProblems();
  problems.look(schema, [], 1);
  // Only what is known to be neither deep nor circular is written out.
  if (problems.found.length === 0 && JSON.stringify(schema).length > longest)
    problems.found.push({ path: [], message: `longer than ${longest} characters as JSON` });
  return problems.found;
}

class SchemaProblems {
  readonly found: ReplySchemaProblem[] = [];
  #looked = 0;

  look(schema: unknown, path: PropertyKey[], depth: number): void {
    this.#looked += 1;
    // A text that names the same part many times is short, and what it stands for is not.
    if (this.#looked > longest || this.found.length > 20) return;
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
      return this.#tell(path, 'expected a JSON Schema, keys with values');
    if (depth > deepest) return this.#tell(path, `nested deeper than ${deepest} levels`);
    for (const [key, value] of Object.entries(schema)) {
      const check = Object.hasOwn(keywords, key) ? keywords[key] : undefined;
      const problem = check?.(value);
      if (problem !== undefined) this.#tell([...path, key], problem);
      if (check === undefined && !nesting.has(key))
        this.#tell(
          [...path, key],
          `not supported in the schema of a reply; it may say ${[...Object.keys(keywords), ...nesting].join(', ')}`,
        );
    }
    this.#lookInside(schema as Record<string, unknown>, path, depth);
  }

  #lookInside(
    { properties, required, additionalProperties, items, anyOf }: Record<string, unknown>,
    path: PropertyKey[],
    depth: number,
  ): void {
    if (properties !== undefined) this.#properties(properties, [...path, 'properties'], depth);
    if (required !== undefined) this.#required(required, properties, [...path, 'required']);
    if (additionalProperties !== undefined && typeof additionalProperties !== 'boolean')
      this.look(additionalProperties, [...path, 'additionalProperties'], depth + 1);
    if (items !== undefined) this.look(items, [...path, 'items'], depth + 1);
    if (anyOf === undefined) return;
    if (!Array.isArray(anyOf) || anyOf.length === 0 || anyOf.length > mostValues)
      return this.#tell([...path, 'anyOf'], `expected a list of 1 to ${mostValues} schemas`);
    for (const [index, one] of anyOf.entries()) this.look(one, [...path, 'anyOf', index], depth + 1);
  }

  #properties(properties: unknown, path: PropertyKey[], depth: number): void {
    if (typeof properties !== 'object' || properties === null || Array.isArray(properties))
      return this.#tell(path, 'expected keys with schemas');
    const entries = Object.entries(properties);
    if (entries.length > mostProperties) return this.#tell(path, `more than ${mostProperties} properties`);
    for (const [name, schema] of entries) {
      if (name in {}) this.#tell([...path, name], 'a name that every object has; take another');
      else this.look(schema, [...path, name], depth + 1);
    }
  }

  #required(required: unknown, properties: unknown, path: PropertyKey[]): void {
    if (!Array.isArray(required)) return this.#tell(path, 'expected a list of names');
    for (const [index, name] of required.slice(0, mostProperties + 1).entries())
      if (typeof name !== 'string' || !Object.hasOwn(Object(properties) as object, name))
        this.#tell([...path, index], 'expected the name of one of the properties');
  }

  #tell(path: PropertyKey[], message: string): void {
    this.found.push({ path, message });
  }
}
