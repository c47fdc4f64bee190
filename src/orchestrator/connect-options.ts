import { remoteOf } from '../config/remote-consent.ts';
import { serversOf } from '../config/server-addresses.ts';
import type { Settings } from '../config/settings-schema.ts';
import type { ConnectOptions } from '../local-engine/connect-options.ts';

/**
 * What the settings say about the way to the default model.
 * @param roleModels Names of models that are used beside it.
 */
export function connectOptions(settings: Settings, roleModels: readonly string[] = []): Omit<ConnectOptions, 'clock'> {
  const servers = serversOf(settings.llm_base_url);
  return {
    engine: settings.engine,
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
