import { z } from 'zod';
import type { StepKindDeclarations } from './step-kind-declaration.ts';
import { keyDescription } from './key-descriptions.ts';
import { extensionSchema } from './extend-definition.ts';
import { innerSteps, stepSchema, workflowSchema } from './workflow-schema.ts';

type JsonSchema = Record<string, unknown>;

/** Editors do not support the flag that `\P{Cc}` needs, so it is written out as ranges. */
const writtenOut: readonly [string, string][] = [
  [String.raw`(?:\P{Cc}|[\n\t])`, String.raw`[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]`],
  [String.raw`\P{Cc}`, String.raw`[^\u0000-\u001f\u007f-\u009f]`],
];

function generated(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === innerSteps) jsonSchema.items = { $ref: '#/definitions/step' };
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      for (const [flagged, plain] of writtenOut)
        if (jsonSchema.pattern !== undefined) jsonSchema.pattern = jsonSchema.pattern.replaceAll(flagged, plain);
    },
  });
  return shape;
}

/**
 * JSON Schema (draft 7) of a workflow file, for editors. The program accepts no more than the schema accepts; what it refuses beyond that, such as circles and
 * unknown roles, `multiagent workflows validate` tells.
 */
export function workflowJsonSchema(kinds: StepKindDeclarations): JsonSchema {
  const names = [...kinds.keys()];
  const steps = { type: 'array', minItems: 1, items: { $ref: '#/definitions/step' } };
  const { properties, required: _required, ...workflow } = generated(workflowSchema);
  // Which of steps and extends there is, the program says.
  const inserted = { type: 'object', additionalProperties: steps };
  const { properties: ofExtension } = generated(extensionSchema);
  const kindSchemas = names.map((name): [string, JsonSchema] => [`${name}_step`, kindSchema(name, kinds)]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A workflow of multiagent',
    ...workflow,
    required: ['name'],
    properties: described({
      ...(properties as JsonSchema),
      ...(ofExtension as JsonSchema),
      insert_before: inserted,
      insert_after: inserted,
      steps,
    }),
    definitions: {
      step: { anyOf: names.map((name) => ({ $ref: `#/definitions/${name}_step` })) },
      ...Object.fromEntries(kindSchemas),
    },
  };
}

/** A step without a kind is one of an agent. */
function kindSchema(name: string, kinds: StepKindDeclarations): JsonSchema {
  const kind = kinds.get(name);
  if (kind === undefined) throw new TypeError(`there is no kind ${name}`);
  const { properties, required, ...step } = generated(stepSchema(kind.options));
  const needed = [...(name === 'agent' ? [] : ['kind']), ...(required as string[])];
  return { ...step, required: needed, properties: described({ ...(properties as JsonSchema), kind: { const: name } }, name) };
}

/** With what an editor says of each key. */
function described(properties: JsonSchema, kind?: string): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => {
      const description = keyDescription(key, kind);
      return [key, description === undefined ? schema : { ...(schema as JsonSchema), description }];
    }),
  );
}
