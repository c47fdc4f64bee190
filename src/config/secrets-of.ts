import { valueAt } from '../utils/parse-json.ts';
import { settingFields } from './setting-fields.ts';
import type { Settings } from './settings-schema.ts';

/** The exact values that must appear nowhere: those of secret settings, as far as a person has given them. */
export function secretsOf(settings: Settings): string[] {
  const keys = Object.values(settings.models).flatMap(({ api_key }) => api_key ?? []);
  const given = settingFields.flatMap(({ path, secret, default: defaultValue }) => {
    const value = secret ? valueAt(settings, path) : undefined;
    return typeof value === 'string' && value !== defaultValue ? [value] : [];
  });
  return [...given, ...keys];
}
