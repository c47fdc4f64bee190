import { z } from 'zod';
import { settingsSchema } from './settings-schema.ts';
import { valueAt } from '../utils/parse-json.ts';

/** One setting, as the loader, the help and the documentation need it. */
export interface SettingField {
  /** Dotted: `llm_timeout`, `agents.developer.config.languages`. */
  key: string;
  path: readonly string[];
  schema: z.ZodType;
  description: string;
  /** Absent in a setting that has no default. */
  default?: unknown;
  environment?: string;
  secret: boolean;
}

/** The settings inside a group (`agents`, a role, its `config`), or undefined where the schema is that of a single setting. */
export function groupShape(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

const defaults = settingsSchema.parse({});

function fieldsOf(schema: z.ZodType, path: readonly string[]): SettingField[] {
  const shape = groupShape(schema);
  if (shape !== undefined) return Object.entries(shape).flatMap(([name, child]) => fieldsOf(child, [...path, name]));
  const { description = '', environment, secret } = schema.meta() ?? {};
  const value = valueAt(defaults, path);
  return [
    {
      key: path.join('.'),
      path,
      schema,
      description,
      ...(value === undefined ? {} : { default: value }),
      ...(typeof environment === 'string' ? { environment } : {}),
      secret: secret === true,
    },
  ];
}

/** Every setting, in the schema's order. */
export const settingFields: readonly SettingField[] = fieldsOf(settingsSchema, []);
