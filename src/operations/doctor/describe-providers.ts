import { serversOf } from '../../config/server-addresses.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { requireProviderKey } from '../../llm/providers/provider-keys.ts';
import { findProvider } from '../../llm/providers/provider-registry.ts';

/** An entry of `providers`, safe to show. */
export interface DescribedProvider {
  name: string;
  kind: string;
  /** For people: "work: OpenAI at https://…, model gpt-5, with its key". */
  text: string;
  /** Why it cannot be used as it is: its kind, or its key. */
  problem?: { message: string; hint: string | undefined };
}

/** What the settings say of each provider, without a word of its key. Nothing is asked. */
export function describeProviders(providers: Settings['providers']): DescribedProvider[] {
  return Object.entries(providers).map(([name, entry]) => {
    const { kind, model, api_key: key } = entry;
    try {
      const { title, address } = findProvider(kind, name);
      requireProviderKey(name, entry);
      const servers = entry.base_url === undefined ? (address ?? 'the usual addresses') : addressesIn(entry.base_url);
      const asked = model === undefined ? '' : `, model ${model}`;
      return {
        name,
        kind,
        text: `${name}: ${title} at ${servers}${asked}, ${key === undefined ? 'without a key' : 'with its key'}${limitsOf(entry)}`,
      };
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      const { message, hint } = error;
      return { name, kind, text: `${name}: ${message}`, problem: { message, hint } };
    }
  });
}

function addressesIn(servers: Settings['llm_base_url']): string {
  return serversOf(servers)
    .map(({ address }) => withoutCredentials(address))
    .join(' and ');
}

function limitsOf({
  tokens_per_minute: tokens,
  requests_per_minute: requests,
  min_interval: interval,
}: Settings['providers'][string]): string {
  const limits = [
    ...(tokens === undefined ? [] : [`${tokens} tokens a minute`]),
    ...(requests === undefined ? [] : [`${requests} requests a minute`]),
    ...(interval === undefined ? [] : [`a request every ${interval} s`]),
  ];
  return limits.length === 0 ? '' : `, at most ${limits.join(' and ')}`;
}
