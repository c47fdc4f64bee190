import type { ModelConnection } from '../model-connection.ts';
import type { ModelServer } from '../server/model-server.ts';

/**
 * How many tokens one request can rely on, prompt and reply together, while `atOnce` requests run. The slots of a llama-server may share one pool, each
 * reporting all of it, and requests that overflow it together are aborted. The server does not say whether they share, so the pool is divided. The embedded
 * engine gives each slot a context of its own, and a hosted provider each request. With several servers the smallest context counts, since each may have to continue what another began. Undefined
 * if no server reports its context.
 */
export function requestContext(
  { server, servers = [server] }: Pick<ModelConnection, 'server' | 'servers'>,
  atOnce: number,
): number | undefined {
  const told = servers.map((each) => shareOf(each, atOnce)).filter((tokens) => tokens !== undefined);
  return told.length === 0 ? undefined : Math.min(...told);
}

/** A server never works on more requests than it has slots. */
function shareOf({ contextTokens, engine, hosted, slots }: ModelServer, atOnce: number): number | undefined {
  return contextTokens === undefined || engine === 'embedded' || hosted !== undefined
    ? contextTokens
    : Math.floor(contextTokens / Math.min(atOnce, slots ?? atOnce));
}
