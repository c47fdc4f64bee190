import { MultiagentError } from '../utils/multiagent-error.ts';
import { completeRoles, type RoleDeclaration } from './role-settings.ts';
import { readValues } from './read-values.ts';
import { type Settings, type SettingsInput, settingsSchema } from './settings-schema.ts';

/**
 * Settings that a program gives, with defaults for what it leaves out. Complete settings are returned unchanged.
 * @param roles The known roles. Absent: the settings of roles are not checked.
 * @throws MultiagentError `settings.invalid`, with every problem.
 */
export function completeSettings(given: SettingsInput | Settings, roles?: readonly RoleDeclaration[]): Settings {
  const { values, problems } = readValues(given, roles);
  if (problems.length > 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'settings.invalid',
      message: problems.map(({ text }) => text).join('; '),
      hint: 'Correct these settings; the config.yaml that comes with the program describes every setting.',
    });
  }
  const settings = settingsSchema.parse(settingsTree(new Map(values.map(({ field, value }) => [field.key, { value }]))));
  return { ...settings, agents: completeRoles(settings.agents, roles ?? []) };
}

/** Nests the decided values, which come by dotted keys. Values that are not given are left to the schema's defaults. */
export function settingsTree(decided: ReadonlyMap<string, { value: unknown }>): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const [key, { value }] of decided) {
    if (value === undefined) continue;
    const path = key.split('.');
    let group = tree;
    for (const name of path.slice(0, -1)) group = (group[name] ??= {}) as Record<string, unknown>;
    group[path.at(-1) ?? key] = value;
  }
  return tree;
}
