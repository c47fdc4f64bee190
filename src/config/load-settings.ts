import { dirname, resolve } from 'node:path';
import { isLoopbackAddress } from '../utils/loopback.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { checkLogFile } from './check-log-file.ts';
import { checkRemoteConsent } from './check-remote-consent.ts';
import { findSettingsFile, type SettingsFile } from './find-settings-file.ts';
import { readDotenv } from './read-dotenv.ts';
import { serversOf } from './server-addresses.ts';
import { settingFields } from './setting-fields.ts';
import type { SettingSource } from './setting-source.ts';
import { dotenvLayer, environmentLayer, fileLayer, overridesLayer, type GivenValue, type SettingsLayer } from './settings-layers.ts';
import { settingsTree } from './settings-tree.ts';
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

const unset: GivenValue = { value: undefined, source: 'default' };

/** The highest layer that gives a setting decides; `layers` are lowest first. */
function decide(layers: readonly SettingsLayer[], key: string): GivenValue {
  return layers.findLast(({ values }) => values.has(key))?.values.get(key) ?? unset;
}

function refuse(problems: readonly string[], file: SettingsFile | undefined): never {
  const perhapsForeign =
    file?.chosenBy === 'project' && ` If the file belongs to another program, name yours with --config or ${configPathVariable}.`;
  throw new MultiagentError({
    code: 'settings.invalid',
    message: problems.length === 1 ? String(problems[0]) : `The settings have ${problems.length} problems:\n- ${problems.join('\n- ')}`,
    hint: `Correct what is named; the config.yaml that comes with the program describes every setting.${perhapsForeign || ''}`,
  });
}

/**
 * A key in the real environment is usually meant for a service elsewhere, so no server on this machine gets to see it: where one of the servers is
 * local it counts as not given, and what `.env` or the settings file says, or the default, takes its place. This is the only place that decides it.
 */
function withholdKey(layers: readonly SettingsLayer[], environment: SettingsLayer): string[] {
  const servers = serversOf(decide(layers, 'llm_base_url').value as Settings['llm_base_url']);
  if (servers.length > 0 && servers.every(({ address }) => !isLoopbackAddress(address))) return [];
  const { source } = decide(layers, 'llm_api_key');
  if (!environment.values.delete('llm_api_key') || typeof source === 'string' || !('environment' in source)) return [];
  return [
    `${source.environment} of your environment is not sent to a server on this machine. If that server wants a key, put it into .env or the settings file.`,
  ];
}

/**
 * Settings from, lowest first: the defaults, the settings file, `.env`, the real environment, the overrides.
 * @throws MultiagentError `settings.not_found`, `settings.unreadable`, or `settings.invalid` with every problem of every source.
 */
export function loadSettings({ path, environment, overrides = {}, ...options }: LoadSettingsOptions): LoadedSettings {
  const directory = resolve(options.directory);
  const dotenv = readDotenv(directory);
  const file = findSettingsFile({ path, environment, dotenv, directory });

  const variables = environmentLayer(environment);
  const layers = [...(file ? [fileLayer(file.path, directory)] : []), dotenvLayer(dotenv), variables, overridesLayer(overrides)];
  const problems = layers.flatMap((layer) => layer.problems);
  if (problems.length > 0) refuse(problems, file);

  const warnings = [...(file?.warnings ?? []), ...withholdKey(layers, variables)];
  const decided = new Map(settingFields.map(({ key }) => [key, decide(layers, key)]));
  const settings = settingsSchema.parse(settingsTree(decided));

  /** The folder that a path is relative to: its own file's, else the current one. */
  const folderOf = (key: string) => {
    const source = decided.get(key)?.source ?? 'default';
    return typeof source === 'object' && 'file' in source ? dirname(source.file) : directory;
  };
  // The default workspace is the folder of the settings file, as `workspace: .` in that file is.
  const base = decided.get('workspace')?.source === 'default' && file ? dirname(file.path) : folderOf('workspace');
  settings.workspace = resolve(base, settings.workspace);
  settings.output_directory = resolve(settings.workspace, settings.output_directory);
  settings.log_file = resolve(settings.workspace, settings.log_file);
  if (settings.model_file !== undefined) settings.model_file = resolve(folderOf('model_file'), settings.model_file);

  const { workspace, log_file: logFile } = settings;
  const sourceOf = (key: string) => decided.get(key)?.source ?? 'default';
  checkRemoteConsent({ consent: decided.get('allow_remote') ?? unset, file, workspace, directory });
  checkLogFile({ logFile, source: sourceOf('log_file'), workspaceSource: sourceOf('workspace'), file, workspace, directory });
  return {
    settings,
    sources: Object.fromEntries([...decided].map(([key, { source }]) => [key, source])),
    ...(file ? { configFile: file.path } : {}),
    warnings,
  };
}
