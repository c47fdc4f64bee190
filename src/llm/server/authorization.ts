import { ModelError, type ModelErrorOptions } from '../model-error.ts';
import { withoutCredentials } from './require-local-address.ts';

/**
 * The header with the key, or none if there is no key.
 * @throws ModelError `server.bad_key` for a key that no header can contain. The HTTP client would report it, too, but quote the key.
 */
export function authorization(apiKey: string | undefined): { authorization?: string } {
  const key = apiKey?.trim() ?? '';
  if (key === '') return {};
  if (/^[\u{21}-\u{7e}]+$/u.test(key)) return { authorization: `Bearer ${key}` };
  throw new ModelError({
    kind: 'configuration',
    code: 'server.bad_key',
    message: 'The key for the model server contains a space, a line break or a character beyond ASCII, and no key does.',
    hint: 'Copy the key again into llm_api_key in config.yaml or OPENAI_API_KEY in .env.',
  });
}

/** @param key whether a key was sent. */
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
