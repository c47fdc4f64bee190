import { dirname, resolve } from 'node:path';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { baseOf, type DecidedSettings, decideSettings } from './decide-settings.ts';
import { findOwnSettingsFile, findSettingsFile, type SettingsFile } from './find-settings-file.ts';
import { isInsideFolder } from './folders.ts';
import { projectFolders } from './project-rights.ts';
import { readDotenv } from './read-dotenv.ts';
import { completeRoles, type RoleDeclaration } from './role-settings.ts';
import { allFields, modelField, providerField } from './setting-fields.ts';
import type { SettingSource } from './setting-source.ts';
import { dotenvLayer, environmentLayer, fileLayer, olderNamesLayer, overridesLayer, type SettingsLayer } from './settings-layers.ts';
import { settingsTree } from './complete-settings.ts';
import { settingsSchema, type Settings, type SettingsInput } from './settings-schema.ts';
import { configPathVariable } from './usual-places.ts';

export interface LoadSettingsOptions {
  /** The settings file, which must exist. Absent: AGENT_CONFIG_PATH, else config.yaml, config.yml or config.json in the directory, if any. */
  path?: string | undefined;
  /** The real environment; it is only read. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The current folder. The settings file and `.env` are looked for here, and paths that are not from a settings file are relative to it. */
  directory: string;
  /** From the command line or the program; they win over everything else. `undefined` counts as not given. */
  overrides?: SettingsInput | undefined;
  /** Absolute path of the folder of the person's own settings. Those of any project win over them. Default: none. */
  ownFolder?: string | undefined;
  /**
   * What happens when a file of the project asks for more than it may. `refuse`: an error. `leave_out`: it is silently ignored, for callers that only read.
   */
  beyondRights?: 'refuse' | 'leave_out' | undefined;
  /** The roles of a workspace. Absent: the settings of roles are not checked. */
  rolesOf?: ((workspace: string) => readonly RoleDeclaration[]) | undefined;
}

export interface LoadedSettings {
  /** All paths absolute: `workspace`, `output_directory`, `log_file`, `model_file`. */
  settings: Settings;
  /** For every setting, by its dotted key. */
  sources: Record<string, SettingSource>;
  /** Absolute; absent where no file was read. */
  configFile?: string;
  /** The person's own settings. Absolute; absent where there are none. */
  ownFile?: string;
  /** Sentences for the person. None of them stops the program. */
  warnings: string[];
}

/** More problems than this are not listed; the file probably belongs to another program. */
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
    hint: `Correct these settings; the config.yaml that comes with the program describes every setting.${perhapsForeign || ''}`,
  });
}

/** The workspace that the highest source names, whether or not it has the right to. */
function namedWorkspace(layers: readonly SettingsLayer[], { directory, home }: { directory: string; home: string }): string {
  const given = layers.findLast(({ values }) => values.has('workspace'))?.values.get('workspace');
  return given === undefined ? home : resolve(baseOf(given, directory), String(given.value));
}

/** A file that a person named is their own if it is in neither the workspace nor the current folder. The current folder counts because a file there could hide by naming another workspace. */
function isOwnFile(file: SettingsFile, workspace: string, directory: string): boolean {
  return file.chosenBy === 'person' && ![workspace, directory].some((folder) => isInsideFolder(folder, file.path));
}

/** Refuses what a project asks for beyond its rights. A command that would go on without it has to say so. */
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
 * Loads the settings from, lowest first: the defaults, variables with older names, the person's own settings file, the settings file, `.env`, the real environment, the overrides. What
 * files of the project may decide is defined in `project-rights.ts`.
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
    const provider = layers.findLast(({ values }) => values.has('llm_provider'))?.values.get('llm_provider')?.value;
    layers.unshift(olderNamesLayer(environment, provider));
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
      [
        ...allFields(roles ?? []),
        ...Object.keys(settings.models).map(modelField),
        ...Object.keys(settings.providers).map(providerField),
      ].map(({ key }) => [key, decided.values.get(key)?.source ?? 'default']),
    ),
    ...(file ? { configFile: file.path } : {}),
    ...(ownFile ? { ownFile: ownFile.path } : {}),
    warnings: [...(ownFile?.warnings ?? []), ...(file?.warnings ?? []), ...decided.warnings],
  };
}
