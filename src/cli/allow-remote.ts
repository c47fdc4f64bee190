import { Option } from 'commander';
import { chooseModel, settingsOfPlace } from '../config/named-models.ts';
import { serversOf } from '../config/server-addresses.ts';
import type { Settings } from '../config/settings-schema.ts';
import { findProvider } from '../llm/providers/provider-registry.ts';
import { readAllowedHost } from '../utils/allowed-host.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { usageError } from './usage-error.ts';

/** What `--allow-remote` says, as often as it is given: a host, or `true` where it stands alone, for the addresses that the command line names. */
export type AllowedOnCommandLine = readonly (string | true)[];

export function allowRemoteOption(): Option {
  return new Option(
    '--allow-remote [host]',
    'allow a model server on this other machine; alone: the one that --base-url or --model names (may be repeated)',
  )
    .preset(true)
    .argParser((given: string | true, before: AllowedOnCommandLine | undefined) => [
      ...(before ?? []),
      ...(given === true ? [given] : hostsIn(given)),
    ]);
}

function hostsIn(given: string): string[] {
  const hosts = given.split(',').map((host) => host.trim());
  const wrong = hosts.find((host) => readAllowedHost(host) === undefined);
  if (wrong === undefined) return hosts;
  throw usageError(
    `--allow-remote takes a host, and "${wrong}" is none.`,
    'Name one host each time, without * or @: --allow-remote models.example.com, or gpu:8080. Where it names none, put it at the end of the line.',
  );
}

/**
 * The hosts and addresses that a command line allows.
 * @param load The settings as they are without it.
 */
export function allowedHosts(
  {
    allowRemote = [],
    baseUrl,
    model,
  }: { allowRemote?: AllowedOnCommandLine | undefined; baseUrl?: string | undefined; model?: string | undefined },
  load: () => Settings,
): string[] {
  const hosts = allowRemote.filter((each) => each !== true);
  if (hosts.length === allowRemote.length) return hosts;
  const addresses = serversOf(baseUrl).map(({ address }) => address);
  const named = model === undefined ? [] : addressesOfModel(load());
  return [...hosts, ...[...addresses, ...named].filter((address) => readAllowedHost(address) !== undefined)];
}

/** Where the model is that the command line names, if that is a place of its own. */
function addressesOfModel(settings: Settings): string[] {
  try {
    const { place } = chooseModel(settings);
    const { llm_base_url: given, llm_provider: provider, providers } = settingsOfPlace(settings, place);
    if (provider !== undefined)
      return serversOf(given ?? findProvider(providers[provider]?.kind ?? '', provider).address).map(({ address }) => address);
    return Object.hasOwn(settings.models, place) ? serversOf(given).map(({ address }) => address) : [];
  } catch (error) {
    // What is wrong with the name is told where the model is asked for.
    if (error instanceof MultiagentError) return [];
    throw error;
  }
}
