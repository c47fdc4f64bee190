import { z } from 'zod';
import { samplingSchema } from './sampling-settings.ts';
import type { SettingField } from './setting-field.ts';
import { choice, number, numberBetween, text, textList, toggle } from './setting-types.ts';

/** The form of the names of roles, of their settings and of the placeholders in instructions. */
export const snakeCase = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** A setting that a role declares, because its instructions have a placeholder for the value. */
export const roleSettingSchema = z.strictObject(
  {
    type: choice(['text', 'texts', 'number']).meta({ description: 'What it is: one text, a list of texts, or a number.' }),
    description: text('a sentence that describes it'),
    default: z.union([text(), number(), textList()], { error: 'a text, a number or a list of texts' }).optional(),
    from: number().optional(),
    to: number().optional(),
  },
  { error: 'a type and a description ({ type: texts, description: Languages to prefer. })' },
);

/** What the settings need to know about a role. */
export interface RoleDeclaration {
  /** As workflows and settings name it. */
  name: string;
  /** As people read it: "QA Engineer". */
  title: string;
  settings: Readonly<Record<string, z.output<typeof roleSettingSchema>>>;
  /** The role's own model and sampling, for settings that give no others. */
  model?: string | undefined;
  sampling?: z.output<ReturnType<typeof samplingSchema>> | undefined;
  /** A built-in role always has settings, even if nobody gives any. */
  isBuiltIn: boolean;
}

/** The settings of one role. */
export const roleSettingsSchema = z.strictObject({
  enabled: toggle().default(true),
  model: text().optional(),
  sampling: samplingSchema().optional(),
  /** Its preferences, by the names that the role declares. */
  config: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).default({}),
});

export type RoleSettings = z.output<typeof roleSettingsSchema>;

/** A title in the middle of a sentence: "QA engineer", "business analyst". */
function inSentence(title: string): string {
  return title.replaceAll(/\b[A-Z](?=[a-z]+\b)/g, (letter) => letter.toLowerCase());
}

function typeOf({ type, from = -Infinity, to = Infinity }: RoleDeclaration['settings'][string]): z.ZodType {
  if (type === 'text') return text();
  if (type === 'texts') return textList();
  return Number.isFinite(from) && Number.isFinite(to) ? numberBetween(from, to) : number().min(from).max(to);
}

/** All settings of a role, in the order in which they are shown. */
export function roleFields({ name, title, settings, model, sampling }: RoleDeclaration): SettingField[] {
  const role = inSentence(title);
  const field = (path: readonly string[], rest: Omit<SettingField, 'key' | 'path' | 'secret'>): SettingField => {
    const whole = ['agents', name, ...path];
    return { key: whole.join('.'), path: whole, secret: false, ...rest };
  };
  return [
    field(['enabled'], {
      schema: toggle(),
      default: true,
      description: `Whether the ${role} takes part. A workflow that needs a disabled role is refused at the start.`,
    }),
    field(['model'], {
      schema: text(),
      description: `Model of the ${role}: one of models, or a name on the model server; absent: the default.`,
      ...(model === undefined ? {} : { default: model }),
    }),
    field(['sampling'], {
      schema: samplingSchema(),
      description: `Sampling of the ${role}, as in a profile; it wins over llm_temperature and llm_max_tokens.`,
      ...(sampling === undefined ? {} : { default: sampling }),
    }),
    ...Object.entries(settings).map(([setting, declared]) =>
      field(['config', setting], {
        schema: typeOf(declared),
        description: declared.description,
        ...(declared.default === undefined ? (declared.type === 'texts' ? { default: [] } : {}) : { default: declared.default }),
      }),
    ),
  ];
}

/** The settings of roles, completed with the defaults that the roles declare. */
export function completeRoles(
  given: Readonly<Record<string, RoleSettings>>,
  roles: readonly RoleDeclaration[],
): Record<string, RoleSettings> {
  return { ...given, ...Object.fromEntries(roles.map((role) => [role.name, completeRole(given[role.name], role)])) };
}

/** The settings of one role, with its defaults for values that were not given. */
export function completeRole(given: RoleSettings | undefined, role: RoleDeclaration): RoleSettings {
  const defaults = roleFields(role).flatMap(({ path: [, , group, setting], default: value }) =>
    group === 'config' && setting !== undefined && value !== undefined ? [[setting, value]] : [],
  );
  const { model = role.model, sampling } = given ?? {};
  const sampled = sampling === undefined ? role.sampling : { ...role.sampling, ...sampling };
  return {
    enabled: given?.enabled ?? true,
    ...(model === undefined ? {} : { model }),
    ...(sampled === undefined ? {} : { sampling: sampled }),
    config: { ...(Object.fromEntries(defaults) as RoleSettings['config']), ...given?.config },
  };
}
