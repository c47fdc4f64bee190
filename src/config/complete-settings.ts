import { MultiagentError } from '../utils/multiagent-error.ts';
import { completeRoles, type RoleDeclaration } from './role-settings.ts';
import { readValues } from './read-values.ts';
import { settingsSchema, type Settings, type SettingsInput } from './settings-schema.ts';
import { settingsTree } from './settings-tree.ts';

/**
 * Settings that a program gives, with defaults for what it leaves out. Complete settings come back as they are.
 * @param roles Those there are; absent: what is said of roles is taken as it is.
 * @throws MultiagentError `settings.invalid`, with every problem.
 */
export function completeSettings(given: SettingsInput | Settings, roles?: readonly RoleDeclaration[]): Settings {
  const { values, problems } = readValues(given, roles);
  if (problems.length > 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'settings.invalid',
      message: problems.map(({ text }) => text).join('; '),
      hint: 'Correct what is named; the config.yaml that comes with the program describes every setting.',
    });
  }
  const settings = settingsSchema.parse(settingsTree(new Map(values.map(({ field, value }) => [field.key, { value }]))));
  return { ...settings, agents: completeRoles(settings.agents, roles ?? []) };
}
