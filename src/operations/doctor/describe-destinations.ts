import { fallbackModels } from '../../config/fallback-names.ts';
import { settingsOfPlace } from '../../config/named-models.ts';
import { remoteOf } from '../../config/remote-consent.ts';
import { serversOf } from '../../config/server-addresses.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { destinationOf, type LookUpName, systemLookUp } from '../../llm/destinations/destination.ts';
import { findProvider } from '../../llm/providers/provider-registry.ts';
import { hostToAllow } from '../../utils/allowed-host.ts';
import { isAddressAllowed } from '../../llm/server/require-local-address.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { placeWords } from '../../utils/where.ts';
import type { Finding } from './finding.ts';

/** How far away each provider is, and whether it may be asked. Names are looked up; nothing else is asked. */
export function describeDestinations(settings: Settings, lookUp: LookUpName = systemLookUp): Promise<string[]> {
  return Promise.all(Object.keys(settings.providers).map(async (name) => `${name}: ${await toldPlace(settings, name, lookUp)}`));
}

/** What stands in, in its order, and where it is. Undefined: nothing does. */
export async function describeFallback(settings: Settings, lookUp: LookUpName = systemLookUp): Promise<Finding | undefined> {
  if (settings.fallback.length === 0) return undefined;
  try {
    const models = fallbackModels(settings);
    const told = await Promise.all(models.map(async ({ name, place }) => `${name} (${await toldPlace(settings, place, lookUp)})`));
    return { check: 'fallback', state: 'ok', message: `where a model is not available: ${told.join(', then ')}` };
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    return { check: 'fallback', state: 'problem', message: error.message, hint: error.hint };
  }
}

async function toldPlace(settings: Settings, place: string, lookUp: LookUpName): Promise<string> {
  const { llm_base_url: given } = settingsOfPlace(settings, place);
  const addresses = serversOf(given ?? usualAddress(settings, place)).map(({ address }) => address);
  if (addresses.length === 0) return placeWords.this_machine;
  const told = await Promise.all(addresses.map((address) => toldAddress(address, settings, lookUp)));
  return [...new Set(told)].join(' and ');
}

function usualAddress({ providers }: Settings, place: string): string | undefined {
  if (!Object.hasOwn(providers, place)) return undefined;
  try {
    return findProvider(providers[place]?.kind ?? '', place).address;
  } catch {
    // An unknown kind is told where providers are.
    return undefined;
  }
}

async function toldAddress(address: string, settings: Settings, lookUp: LookUpName): Promise<string> {
  const host = hostToAllow(address) ?? address;
  const url = URL.parse(address);
  const found = url === null ? undefined : await destinationOf(url, lookUp).catch(() => undefined);
  const where =
    found === undefined
      ? `${host} cannot be looked up now`
      : found.where === 'this_machine'
        ? placeWords.this_machine
        : `${host}, ${placeWords[found.where]}`;
  if (settings.private) return found?.where === 'this_machine' ? where : `${where}: not asked, because of private`;
  return isAddressAllowed(address, remoteOf(settings)) ? where : `${where}: not asked without --allow-remote ${host}`;
}
