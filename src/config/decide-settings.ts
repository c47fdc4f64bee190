import { dirname, resolve } from 'node:path';
import { isLoopbackAddress } from '../utils/loopback.ts';
import { type ProjectBounds, refuseToProject } from './project-rights.ts';
import { serversOf } from './server-addresses.ts';
import { settingFields } from './setting-fields.ts';
import type { GivenValue, SettingsLayer } from './settings-layers.ts';
import type { Settings } from './settings-schema.ts';
import { showSource } from './setting-source.ts';

export interface DecideSettingsOptions {
  /** Lowest first. */
  layers: readonly SettingsLayer[];
  /** Absolute: the current folder. */
  directory: string;
  /** Absolute: what a workspace is relative to where nobody names one. */
  home: string;
  /** The folders that count as the project's. */
  folders: readonly string[];
}

export interface DecidedSettings {
  /** By the settings' keys, as they were given. */
  values: Map<string, GivenValue>;
  /** The absolute paths of those settings that are paths. */
  paths: Map<string, string>;
  /** What files of the project ask for beyond their rights, and would have got. */
  refused: { message: string; hint: string }[];
  warnings: string[];
}

const unset: GivenValue = { value: undefined, source: 'default' };

/** These decide how far a project may go with others. */
const decidedFirst = ['workspace', 'allow_remote', 'llm_base_url'];

const defaults = new Map(settingFields.map((field) => [field.key, field.default]));

/** These before all, then the others, and of roles and models what somebody says. */
function keysInOrder(layers: readonly SettingsLayer[]): Set<string> {
  const given = layers.flatMap(({ values }) => [...values.keys()]);
  return new Set([...decidedFirst, ...settingFields.map(({ key }) => key), ...given]);
}

/** What a path is relative to: its own file's folder, else the current one. */
export function baseOf({ source }: Pick<GivenValue, 'source'>, directory: string): string {
  return typeof source === 'object' && 'file' in source ? dirname(source.file) : directory;
}

/** The highest layer that gives a setting, and may, decides it. Decides also on places that nobody names: a link of the project may lead anywhere. */
export function decideSettings({ layers, directory, home, folders }: DecideSettingsOptions): DecidedSettings {
  const result: DecidedSettings = { values: new Map(), paths: new Map(), refused: [], warnings: [] };
  const valueOf = (key: string) => result.values.get(key)?.value;
  const bounds: ProjectBounds = {
    folders,
    get decided() {
      return {
        workspace: result.paths.get('workspace') ?? home,
        allow_remote: (valueOf('allow_remote') ?? false) as Settings['allow_remote'],
        llm_base_url: valueOf('llm_base_url') as Settings['llm_base_url'],
      };
    },
  };

  const pathOf = (key: string, { value, source }: GivenValue): string | undefined => {
    if (key === 'output_directory' || key === 'log_file') return resolve(bounds.decided.workspace, String(value));
    return key === 'workspace' || key === 'model_file' ? resolve(baseOf({ source }, directory), String(value)) : undefined;
  };

  const mayDecide = (key: string, given: GivenValue, decidedBy: SettingsLayer['decidedBy']): boolean => {
    const refusal = decidedBy === 'project' ? refuseToProject(key, pathOf(key, given) ?? given.value, bounds) : undefined;
    if (refusal === undefined) return true;
    result.refused.push({ message: `${showSource(given.source, directory)}: ${key} ${refusal.why}.`, hint: refusal.instead });
    return false;
  };

  const addressBy = () => layers.findLast(({ values }) => values.get('llm_base_url')?.source === result.values.get('llm_base_url')?.source);

  const decide = (key: string): GivenValue => {
    for (const { values, decidedBy } of layers.toReversed()) {
      const given = values.get(key);
      if (given === undefined) continue;
      if (key === 'llm_api_key' && decidedBy === 'person') {
        const warning = withheld(given, bounds.decided.llm_base_url, addressBy()?.decidedBy);
        if (warning !== undefined) {
          result.warnings.push(warning);
          continue;
        }
      }
      if (mayDecide(key, given, decidedBy)) return given;
    }
    if (key !== 'output_directory' && key !== 'log_file') return unset;
    const usual: GivenValue = { value: defaults.get(key), source: 'default' };
    mayDecide(key, usual, 'project');
    return usual;
  };

  for (const key of keysInOrder(layers)) {
    const given = decide(key);
    const path = given.value === undefined ? undefined : pathOf(key, given);
    result.values.set(key, given);
    if (path !== undefined) result.paths.set(key, path);
  }
  // Whoever names a server or a model further up means that one.
  const heightOf = (key: string) => layers.findLastIndex(({ values }) => values.get(key)?.source === result.values.get(key)?.source);
  if (Math.max(heightOf('llm_base_url'), heightOf('llm_model')) > heightOf('default_model')) result.values.set('default_model', unset);
  return result;
}

/**
 * A key in the real environment is usually meant for a service elsewhere, so no server on this machine gets to see it, and no server elsewhere that a
 * project names: there it counts as not given. This is the only place that decides it.
 * @returns why a key of a person is not used.
 */
function withheld(
  { source }: GivenValue,
  given: Settings['llm_base_url'],
  addressBy: SettingsLayer['decidedBy'] | undefined,
): string | undefined {
  if (typeof source === 'string') return undefined;
  const servers = serversOf(given);
  const remote = servers.filter(({ address }) => !isLoopbackAddress(address));
  const name = 'environment' in source ? `${source.environment} of your environment` : 'The key of your own settings';
  if (remote.length > 0 && addressBy === 'project')
    return `${name} is not sent to a server that a file of the project names. Name the server yourself (--base-url) if that key is meant for it.`;
  if (!('environment' in source) || (servers.length > 0 && remote.length === servers.length)) return undefined;
  return `${name} is not sent to a server on this machine. If that server wants a key, put it into .env or the settings file.`;
}
