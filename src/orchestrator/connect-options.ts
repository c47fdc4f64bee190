import { remoteOf } from '../config/remote-consent.ts';
import { serversOf } from '../config/server-addresses.ts';
import type { Settings } from '../config/settings-schema.ts';
import { requireProviderKey } from '../llm/providers/provider-keys.ts';
import { findProvider } from '../llm/providers/provider-registry.ts';
import type { ConnectOptions } from '../local-engine/connect-options.ts';

/**
 * What the settings say about the way to the default model.
 * @param roleModels Names of models that are used beside it.
 * @throws MultiagentError `provider.unknown_kind`, `provider.no_key`, `provider.wrong_key`.
 */
export function connectOptions(settings: Settings, roleModels: readonly string[] = []): Omit<ConnectOptions, 'clock'> {
  const provider = providerOf(settings);
  const llmBaseUrl = settings.llm_base_url ?? (provider && findProvider(provider.kind, provider.name).address);
  const servers = serversOf(llmBaseUrl);
  return {
    engine: settings.engine,
    provider,
    ...(servers.length > 1 ? { servers } : { address: servers[0]?.address }),
    apiKey: settings.llm_api_key,
    model: settings.llm_model,
    roleModels,
    modelFile: settings.model_file,
    contextTokens: settings.llm_context_tokens,
    remote: remoteOf(settings),
    timeoutMilliseconds: settings.llm_timeout * 1000,
    circuitBreaker: {
      threshold: settings.llm_circuit_breaker_threshold,
      timeoutMilliseconds: settings.llm_circuit_breaker_timeout * 1000,
    },
  };
}

function providerOf({ llm_provider: name, providers }: Settings): ConnectOptions['provider'] {
  const entry = name === undefined || !Object.hasOwn(providers, name) ? undefined : providers[name];
  if (entry === undefined || name === undefined) return undefined;
  requireProviderKey(name, entry);
  return { name, kind: entry.kind, apiVersion: entry.api_version };
}
