import { ModelError } from '../model-error.ts';

/**
 * The header that carries the key, or none where there is no key.
 * @throws ModelError `server.bad_key` for a key that no header can carry. The HTTP client would say so, too, and would quote the key.
 */
export function authorization(apiKey: string | undefined): { authorization?: string } {
  const key = apiKey?.trim() ?? '';
  if (key === '') return {};
  if (/^[\u{21}-\u{7e}]+$/u.test(key)) return { authorization: `Bearer ${key}` };
  throw new ModelError({
    kind: 'configuration',
    code: 'server.bad_key',
    message: 'The key for the model server holds a space, a line break or a character beyond ASCII, which no key has.',
    hint: 'Copy the key again into llm_api_key in config.yaml or OPENAI_API_KEY in .env.',
  });
}
