import type { ModelServer } from './model-server.ts';

/**
 * How many tokens one request may count on, prompt and reply together, while `atOnce` requests run. The slots of a llama-server may share one pool of
 * which each reports the whole, and requests that overflow it together are broken off; whether they do is not told, so the pool is shared out. The
 * embedded engine gives each slot a context of its own. Undefined where the server does not tell its context.
 */
export function requestContext({ contextTokens, engine }: ModelServer, atOnce: number): number | undefined {
  return contextTokens === undefined || engine === 'embedded' ? contextTokens : Math.floor(contextTokens / atOnce);
}
