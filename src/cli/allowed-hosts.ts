import { chooseModel, settingsOfPlace } from '../config/named-models.ts';
import { serversOf } from '../config/server-addresses.ts';
import type { Settings } from '../config/settings-schema.ts';
import { findProvider } from '../llm/providers/provider-registry.ts';
import { readAllowedHost } from '../utils/allowed-host.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import type { AllowedOnCommandLine } from './settings-options.ts';

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
