import type { ModelErrorOptions } from '../model-error.ts';
import { withoutCredentials } from './require-local-address.ts';

/** @param key whether one was sent. */
export function keyRefused(address: string, key: 'given' | 'none', status?: number): ModelErrorOptions {
  const http = status === undefined ? '' : ` (HTTP ${status})`;
  const where = withoutCredentials(address);
  return {
    kind: 'configuration',
    code: 'server.unauthorized',
    message:
      key === 'given'
        ? `The model server at ${where} refuses the key it was given${http}.`
        : `The model server at ${where} needs a key, and none was sent${http}.`,
    hint: "Set llm_api_key in config.yaml or OPENAI_API_KEY in .env to the server's key. A key from the shell's environment is not sent to this machine.",
  };
}
