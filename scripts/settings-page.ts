import { builtInRoles } from '../src/agents/role-catalogue.ts';
import { roleFields } from '../src/config/role-settings.ts';
import type { SettingField } from '../src/config/setting-field.ts';
import { settingFields } from '../src/config/setting-fields.ts';
import { settingsJsonSchema } from '../src/config/settings-json-schema.ts';
import { shippedModelProfiles } from '../src/llm/profile/model-profile.ts';
import { writeRegions } from './generated-regions.ts';

/** What the code knows better than a page. */
const regions: Record<string, () => string> = {
  settings: () => settingsTable(settingFields),
  team: () => settingsTable(builtInRoles().declarations.flatMap(roleFields)),
  profile: profileTable,
  'shipped profiles': shippedTable,
};

/** The page with its generated regions as the code is now. @throws Error as `writeRegions`. */
export function settingsPage(page: string): string {
  return writeRegions(page, regions);
}

function settingsTable(fields: readonly SettingField[]): string {
  const rows = fields.map(({ key, default: value, environment, description }) => [
    code(key),
    value === undefined ? '' : code(typeof value === 'string' ? value : JSON.stringify(value)),
    environment === undefined ? '' : code(environment),
    description,
  ]);
  const head = ['setting', 'default', 'variable', 'meaning'];
  const isUsed = (column: number) => rows.some((row) => row[column] !== '');
  return table(
    head.filter((_, column) => isUsed(column)),
    rows.map((row) => row.filter((_, column) => isUsed(column))),
  );
}

function profileTable(): string {
  const { properties } = settingsJsonSchema([]) as { properties: { model_profiles: { items: ProfileSchema } } };
  const { properties: fields, required } = properties.model_profiles.items;
  return table(
    ['name', 'meaning'],
    Object.entries(fields).map(([name, { description }]) => [code(name), `${description}${required.includes(name) ? ' Required.' : ''}`]),
  );
}

interface ProfileSchema {
  properties: Record<string, { description: string }>;
  required: string[];
}

function shippedTable(): string {
  return table(
    ['match', 'sets'],
    shippedModelProfiles().map(({ match, ...sets }) => [
      code(match),
      Object.entries(sets)
        .map(([name, value]) => code(`${name}: ${JSON.stringify(value)}`.replaceAll('"', '')))
        .join(', '),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
