import { z } from 'zod';
import { weightRange } from './server-addresses.ts';
import { modelName, namedModelSchema, shortForm } from './named-model.ts';
import { type RoleDeclaration, roleFields } from './role-settings.ts';
import type { SettingField } from './setting-field.ts';
import { settingFields } from './setting-fields.ts';
import { settingsSchema } from './settings-schema.ts';

type JsonSchema = Record<string, unknown>;

/** Not every editor supports flags in JSON Schema patterns, so `\P{Cc}` is written out as ranges. */
const plainLine = String.raw`^[^\u0000-\u001f\u007f-\u009f]+$`;

/** What an editor accepts as an address, with or without `http://`, as in `completeAddress`. */
const address: JsonSchema = {
  type: 'string',
  pattern: String.raw`^([Hh][Tt][Tt][Pp][Ss]?://[^\u0000-\u001f\u007f-\u009f]|localhost|\[|[0-9]+\.|:?[0-9]{2,5}([=,]|$)|[A-Za-z0-9][A-Za-z0-9._-]*:[0-9])[^\u0000-\u001f\u007f-\u009f]*$`,
};

const addressWithWeight: JsonSchema = {
  type: 'object',
  properties: {
    address,
    weight: {
      description: "The server's share of new runs and branches, in proportion to the other weights.",
      type: 'number',
      minimum: weightRange.low,
      maximum: weightRange.high,
      default: 1,
    },
  },
  required: ['address'],
  additionalProperties: false,
};

/** The shape of values for which code outside the schema requires or accepts more than a generator can see. */
const handWritten: Record<string, JsonSchema> = {
  llm_base_url: { anyOf: [address, { type: 'array', items: { anyOf: [address, addressWithWeight] }, minItems: 1 }] },
  log_level: {
    anyOf: [
      { type: 'string', enum: ['debug', 'info', 'warn', 'error'] },
      {
        type: 'string',
        pattern:
          '^([Dd][Ee][Bb][Uu][Gg]|[Ii][Nn][Ff][Oo]|[Ww][Aa][Rr][Nn]([Ii][Nn][Gg])?|[Ee][Rr][Rr][Oo][Rr]|[Cc][Rr][Ii][Tt][Ii][Cc][Aa][Ll])$',
      },
    ],
  },
};

function generated(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // Our own notes on a setting, and the bounds of every JavaScript number, are useless to an editor.
      delete jsonSchema['environment'];
      delete jsonSchema['secret'];
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.pattern !== undefined) jsonSchema.pattern = plainLine;
    },
  });
  return shape;
}

function settingSchema({ key, schema, description, environment, ...field }: SettingField): JsonSchema {
  return {
    ...(handWritten[key] ?? generated(schema)),
    description: environment === undefined ? description : `${description} Environment variable: ${environment}.`,
    ...('default' in field ? { default: field.default } : {}),
  };
}

/** A group whose lines are all commented out is null, which is allowed. */
function group(description: string, properties: JsonSchema): JsonSchema {
  return { description, type: ['object', 'null'], properties, additionalProperties: false };
}

/** The address is written by hand here, too. */
function modelsSchema(): JsonSchema {
  const { properties, ...model } = generated(namedModelSchema);
  const named = {
    ...model,
    properties: {
      ...(properties as JsonSchema),
      base_url: { ...(properties as Record<string, JsonSchema>)['base_url'], ...handWritten['llm_base_url'] },
    },
  };
  return {
    type: ['object', 'null'],
    propertyNames: { pattern: modelName.source.replace('^', `^(?!${shortForm}$)`) },
    additionalProperties: named,
  };
}

const preferences = 'What the role prefers. Each of these settings may also be given directly under the role.';

function roleSchema(role: RoleDeclaration): JsonSchema {
  const fields = roleFields(role);
  const members = (parent: string) =>
    Object.fromEntries(
      fields
        .filter(({ path }) => path.at(-2) === parent)
        .map((field): [string, JsonSchema] => [String(field.path.at(-1)), settingSchema(field)]),
    );
  const config = members('config');
  return group(`${role.title}.`, { ...members(role.name), config: group(preferences, config), ...config });
}

/**
 * JSON Schema (draft 2020-12) of a settings file, for editors. The program accepts what the schema accepts, except regular expressions that do not compile and
 * settings given in both forms of a role. The schema rejects empty settings (`name:`), which the program treats as not given.
 */
export function settingsJsonSchema(roles: readonly RoleDeclaration[]): JsonSchema {
  const settings = Object.fromEntries(settingFields.map((field) => [field.key, settingSchema(field)]));
  const models = { description: settingsSchema.shape.models.meta()?.description, ...modelsSchema() };
  const agents = group(
    String(settingsSchema.shape.agents.meta()?.description),
    Object.fromEntries(roles.map((role) => [role.name, roleSchema(role)])),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of multiagent',
    description: 'config.yaml, config.yml or config.json. Every setting is optional.',
    type: ['object', 'null'],
    properties: { $schema: { description: 'The schema of this file, for editors.', type: 'string' }, ...settings, models, agents },
    additionalProperties: false,
  };
}
