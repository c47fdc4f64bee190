import type { ModelConnection } from '../model-connection.ts';
import type { ModelServer } from '../server/model-server.ts';

/**
 * How many tokens one request may count on, prompt and reply together, while `atOnce` requests run. The slots of a llama-server may share one pool of
 * which each reports the whole, and requests that overflow it together are broken off; whether they do is not told, so the pool is shared out. The
 * embedded engine gives each slot a context of its own. Of several servers the least counts, since each may have to go on with what another began.
 * Undefined where no server tells its context.
 */
export function requestContext(
  { server, servers = [server] }: Pick<ModelConnection, 'server' | 'servers'>,
  atOnce: number,
): number | undefined {
  const told = servers.map((each) => shareOf(each, atOnce)).filter((tokens) => tokens !== undefined);
  return told.length === 0 ? undefined : Math.min(...told);
}

/** A server never works on more requests than it has slots. */
function shareOf({ contextTokens, engine, slots }: ModelServer, atOnce: number): number | undefined {
  return contextTokens === undefined || engine === 'embedded'
    ? contextTokens
    : Math.floor(contextTokens / Math.min(atOnce, slots ?? atOnce));
}
