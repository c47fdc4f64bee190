import { dirname, resolve } from 'node:path';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { baseOf, type DecidedSettings, decideSettings } from './decide-settings.ts';
import { findOwnSettingsFile, findSettingsFile, type SettingsFile } from './find-settings-file.ts';
import { isInsideFolder } from './folders.ts';
import { projectFolders } from './project-rights.ts';
import { readDotenv } from './read-dotenv.ts';
import { completeRoles, type RoleDeclaration } from './role-settings.ts';
import { allFields, modelField } from './setting-fields.ts';
import type { SettingSource } from './setting-source.ts';
import { dotenvLayer, environmentLayer, fileLayer, overridesLayer, type SettingsLayer } from './settings-layers.ts';
import { settingsTree } from './complete-settings.ts';
import { configPathVariable, settingsSchema, type Settings, type SettingsInput } from './settings-schema.ts';

export interface LoadSettingsOptions {
  /** The settings file; it must exist. Absent: AGENT_CONFIG_PATH, else config.yaml, config.yml or config.json of the directory, if any. */
  path?: string | undefined;
  /** The real environment; it is only read. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The current folder: where the settings file and `.env` are looked for, and what relative paths from outside a settings file mean. */
  directory: string;
  /** From the command line or the program; above everything else. What is undefined counts as not given. */
  overrides?: SettingsInput | undefined;
  /** Absolute: where the person keeps settings of their own, below those of any project. Default: nowhere. */
  ownFolder?: string | undefined;
  /**
   * What a file of the project asks for beyond its rights is refused with an error; with `leave_out` it is passed over without a word, for those who only
   * look at what is there.
   */
  beyondRights?: 'refuse' | 'leave_out' | undefined;
  /** The roles there are where the workspace is this one. Absent: what is said of roles is taken as it is. */
  rolesOf?: ((workspace: string) => readonly RoleDeclaration[]) | undefined;
}

export interface LoadedSettings {
  /** All paths absolute: `workspace`, `output_directory`, `log_file`, `model_file`. */
  settings: Settings;
  /** For every setting, by its dotted key. */
  sources: Record<string, SettingSource>;
  /** Absolute; absent where no file was read. */
  configFile?: string;
  /** Sentences for the person; nothing in them stops the program. */
  warnings: string[];
}

/** A file of another program is not told line by line. */
const mostProblems = 30;

function refuse(problems: readonly string[], file: SettingsFile | undefined): never {
  const perhapsForeign =
    file?.chosenBy === 'project' && ` If the file belongs to another program, name yours with --config or ${configPathVariable}.`;
  const more = problems.length > mostProblems ? `\n- and ${problems.length - mostProblems} more` : '';
  throw new MultiagentError({
    category: 'usage',
    code: 'settings.invalid',
    message:
      problems.length === 1
        ? String(problems[0])
        : `The settings have ${problems.length} problems:\n- ${problems.slice(0, mostProblems).join('\n- ')}${more}`,
    hint: `Correct what is named; the config.yaml that comes with the program describes every setting.${perhapsForeign || ''}`,
  });
}

/** The workspace as the highest source names it, whether it may or not. */
function namedWorkspace(layers: readonly SettingsLayer[], { directory, home }: { directory: string; home: string }): string {
  const given = layers.findLast(({ values }) => values.has('workspace'))?.values.get('workspace');
  return given === undefined ? home : resolve(baseOf(given, directory), String(given.value));
}

/** A file that a person named is theirs if it lies neither in the workspace nor in the current folder, which it could name another workspace to hide. */
function isOwnFile(file: SettingsFile, workspace: string, directory: string): boolean {
  return file.chosenBy === 'person' && ![workspace, directory].some((folder) => isInsideFolder(folder, file.path));
}

/** Nothing of what a project asks for beyond its rights is done; whoever is about to do something else instead is told of it. */
function refuseBeyond([first, ...others]: DecidedSettings['refused']): void {
  if (first === undefined) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'settings.invalid',
    message: [first, ...others].map(({ message }) => message).join('\n'),
    hint: [first, ...others].map(({ hint }) => hint).join('\n  '),
  });
}

/**
 * Settings from, lowest first: the defaults, the person's own settings file, the settings file, `.env`, the real environment, the overrides. What files
 * of the project may decide is a rule of its own: `project-rights.ts`.
 * @throws MultiagentError `settings.not_found`, `settings.unreadable`, or `settings.invalid` with every problem of every source.
 */
export function loadSettings({
  path,
  environment,
  ownFolder,
  overrides = {},
  beyondRights,
  rolesOf,
  ...options
}: LoadSettingsOptions): LoadedSettings {
  const directory = resolve(options.directory);
  const dotenv = readDotenv(directory);
  const file = findSettingsFile({ path, environment, dotenv, directory });
  const ownFile = findOwnSettingsFile(ownFolder);
  const home = file === undefined ? directory : dirname(file.path);

  const own = ownFile && fileLayer(ownFile.path, directory, 'person');
  const chosen = file && fileLayer(file.path, directory, 'project');
  const sources = [own, chosen, dotenvLayer(dotenv), environmentLayer(environment), overridesLayer(overrides)];
  const folders = projectFolders(directory, file?.chosenBy === 'person' ? file.path : undefined);
  let ofFile: SettingsLayer | undefined;
  const readWith = (roles?: readonly RoleDeclaration[]) => {
    const layers = sources.flatMap((source) => {
      const layer = source?.(roles);
      if (layer !== undefined && source === chosen && file !== undefined) ofFile = layer;
      return layer ?? [];
    });
    if (file !== undefined && ofFile !== undefined && isOwnFile(file, namedWorkspace(layers, { directory, home }), directory))
      ofFile.decidedBy = 'person';
    return { layers, decided: decideSettings({ layers, directory, home, folders }) };
  };
  const first = readWith();
  const roles = rolesOf?.(first.decided.paths.get('workspace') ?? home);
  const { layers, decided } = roles === undefined ? first : readWith(roles);
  const problems = layers.flatMap((layer) => layer.problems);
  if (problems.length > 0) refuse(problems, file);
  if (beyondRights !== 'leave_out') refuseBeyond(decided.refused);

  const settings = settingsSchema.parse(settingsTree(decided.values));
  Object.assign(settings, { workspace: home }, Object.fromEntries(decided.paths));
  settings.agents = completeRoles(
    settings.agents,
    (roles ?? []).filter(({ name, isBuiltIn }) => isBuiltIn || Object.hasOwn(settings.agents, name)),
  );
  return {
    settings,
    sources: Object.fromEntries(
      [...allFields(roles ?? []), ...Object.keys(settings.models).map(modelField)].map(({ key }) => [
        key,
        decided.values.get(key)?.source ?? 'default',
      ]),
    ),
    ...(file ? { configFile: file.path } : {}),
    warnings: [...(ownFile?.warnings ?? []), ...(file?.warnings ?? []), ...decided.warnings],
  };
}
