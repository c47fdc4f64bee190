import { dirname, resolve } from 'node:path';
import { isLoopbackAddress } from '../utils/loopback.ts';
import { joinConsents } from './remote-consent.ts';
import { type ProjectBounds, refuseToProject } from './project-rights.ts';
import { serversOf } from './server-addresses.ts';
import { settingFields } from './setting-fields.ts';
import type { GivenValue, SettingsLayer } from './settings-layers.ts';
import type { Settings, SettingsInput } from './settings-schema.ts';
import { showSource } from './setting-source.ts';

export interface DecideSettingsOptions {
  /** Lowest precedence first. */
  layers: readonly SettingsLayer[];
  /** Absolute path of the current folder. */
  directory: string;
  /** Absolute path that the default workspace is relative to. */
  home: string;
  /** The folders that count as the project's. */
  folders: readonly string[];
}

export interface DecidedSettings {
  /** The values as they were given, by the settings' keys. */
  values: Map<string, GivenValue>;
  /** The absolute paths of those settings that are paths. */
  paths: Map<string, string>;
  /** What files of the project asked for beyond their rights, as far as no higher source overrode it. */
  refused: { message: string; hint: string }[];
  warnings: string[];
}

const unset: GivenValue = { value: undefined, source: 'default' };

/** What a project may decide elsewhere depends on these. */
const decidedFirst = ['workspace', 'allow_remote', 'llm_base_url'];

const defaults = new Map(settingFields.map((field) => [field.key, field.default]));

/** The keys that are decided first, then the others, then those of roles and models that a source gives. */
function keysInOrder(layers: readonly SettingsLayer[]): Set<string> {
  const given = layers.flatMap(({ values }) => [...values.keys()]);
  return new Set([...decidedFirst, ...settingFields.map(({ key }) => key), ...given]);
}

/** What a path is relative to: the folder of the file that gives it, else the current folder. */
export function baseOf({ source }: Pick<GivenValue, 'source'>, directory: string): string {
  return typeof source === 'object' && 'file' in source ? dirname(source.file) : directory;
}

/** Each setting is decided by the highest layer that gives it and has the right to. Default places are checked, too, because a link in the project may lead anywhere. */
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

  /** Consents add up, down to a plain yes or no. A file of the project below a consent can only take away what stands below itself. */
  const decideConsent = (): GivenValue => {
    const said: GivenValue[] = [];
    for (const { values, decidedBy } of layers.toReversed()) {
      const given = values.get('allow_remote');
      if (given === undefined || (decidedBy === 'project' && said.length > 0 && given.value !== false)) continue;
      if (mayDecide('allow_remote', given, decidedBy)) said.push(given);
      if (typeof said.at(-1)?.value === 'boolean') break;
    }
    const [highest] = said;
    return highest === undefined
      ? unset
      : { value: joinConsents(said.map(({ value }) => value as Settings['allow_remote'])), source: highest.source };
  };

  const decide = (key: string): GivenValue => {
    if (key === 'allow_remote') return decideConsent();
    for (const [index, { values, decidedBy }] of [...layers.entries()].toReversed()) {
      const given = values.get(key);
      if (given === undefined) continue;
      // A project can ask for privacy and for thrift, and takes none away.
      if (key === 'private' && decidedBy === 'project' && layers.slice(0, index).some((below) => below.values.get(key)?.value === true))
        continue;
      if (key === 'budget' && decidedBy === 'project' && layers.slice(0, index).some((below) => isLower(below.values.get(key), given)))
        continue;
      // Whatever it says: the file that "multiagent init" writes names none, and the person's are theirs.
      if (key === 'mcp' && decidedBy === 'project' && isWithoutServers(given.value)) continue;
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
  // A server or model that is named in a higher layer wins.
  const heightOf = (key: string) => layers.findLastIndex(({ values }) => values.get(key)?.source === result.values.get(key)?.source);
  if (Math.max(heightOf('llm_base_url'), heightOf('llm_model')) > heightOf('default_model')) result.values.set('default_model', unset);
  const heightOfServer = Math.max(...['llm_base_url', 'model_file', 'engine'].map(heightOf));
  if (heightOfServer > heightOf('llm_provider')) result.values.set('llm_provider', unset);
  return result;
}

/** Whether the first budget is lower. */
function isLower(first: GivenValue | undefined, second: GivenValue): boolean {
  return typeof first?.value === 'number' && (typeof second.value !== 'number' || first.value < second.value);
}

function isWithoutServers(value: unknown): boolean {
  return Object.keys((value as SettingsInput['mcp'])?.servers ?? {}).length === 0;
}

/**
 * A key in the real environment is usually meant for a remote service. It is therefore withheld from servers on this machine, and from remote servers that a
 * project names. This is the only place that decides that.
 * @returns why a person's key is not used.
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
  return `${name} is not sent to a server on this machine. If that server needs a key, put it into .env or the settings file.`;
}
