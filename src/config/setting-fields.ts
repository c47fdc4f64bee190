import type { SettingField } from './setting-field.ts';
import { namedModelSchema } from './named-model.ts';
import { providerEntrySchema } from './provider-entry.ts';
import { type RoleDeclaration, roleFields } from './role-settings.ts';
import { settingsSchema } from './settings-schema.ts';
import { valueAt } from '../utils/parse-json.ts';

const defaults = settingsSchema.parse({});

/** All settings except those of roles, named models and providers, in the schema's order. */
export const settingFields: readonly SettingField[] = Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
  if (key === 'agents' || key === 'models' || key === 'providers') return [];
  const { description = '', environment, secret } = schema.meta() ?? {};
  const value = valueAt(defaults, [key]);
  return {
    key,
    path: [key],
    schema,
    description,
    ...(value === undefined ? {} : { default: value }),
    ...(typeof environment === 'string' ? { environment } : {}),
    secret: secret === true,
  };
});

/** Each named model is one setting: its address, name and key belong together and come from one source. */
export function modelField(name: string): SettingField {
  const description = 'One of several models.';
  return { key: `models.${name}`, path: ['models', name], schema: namedModelSchema, description, secret: false };
}

/** Each provider is one setting, for the same reason. */
export function providerField(name: string): SettingField {
  const description = 'One of several providers.';
  return { key: `providers.${name}`, path: ['providers', name], schema: providerEntrySchema, description, secret: false };
}

/** All settings, including those of these roles. */
export function allFields(roles: readonly RoleDeclaration[]): SettingField[] {
  return [...settingFields, ...roles.flatMap(roleFields)];
}
