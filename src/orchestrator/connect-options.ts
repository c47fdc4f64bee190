import { remoteOf } from '../config/remote-consent.ts';
import { serversOf } from '../config/server-addresses.ts';
import type { Settings } from '../config/settings-schema.ts';
import type { ConnectOptions } from '../local-engine/connect-options.ts';

/** What the settings say about the way to a model. */
export function connectOptions(settings: Settings): Omit<ConnectOptions, 'clock'> {
  const servers = serversOf(settings.llm_base_url);
  const roleModels = Object.values(settings.agents).flatMap(({ model }) => (model === undefined ? [] : [model]));
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
