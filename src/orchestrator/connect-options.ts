import type { Settings } from '../config/settings-schema.ts';
import type { ConnectOptions } from '../llm/model-connection.ts';

/** What the settings say about the way to a model. */
export function connectOptions(settings: Settings): Omit<ConnectOptions, 'clock'> {
  return {
    engine: settings.engine,
    address: settings.llm_base_url,
    apiKey: settings.llm_api_key,
    model: settings.llm_model,
    modelFile: settings.model_file,
    contextTokens: settings.llm_context_tokens,
    remote: settings.allow_remote ? 'allowed' : 'refused',
    timeoutMilliseconds: settings.llm_timeout * 1000,
    circuitBreaker: {
      threshold: settings.llm_circuit_breaker_threshold,
      timeoutMilliseconds: settings.llm_circuit_breaker_timeout * 1000,
    },
  };
}
