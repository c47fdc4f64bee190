import { usualReach } from './chat/server-reach.ts';
import type { ConnectServerOptions, ModelConnection } from './model-connection.ts';
import { openConnection } from './open-connection.ts';
import { findModelServer } from './server/find-model-server.ts';
import { modelKey, shortModelName } from './server/model-key.ts';
import type { ModelServer } from './server/model-server.ts';
import { withoutCredentials } from './server/require-local-address.ts';

/**
 * Connects to the server at an address, to the first usual address that answers, or to several servers as one.
 * @throws ModelError that says what to start or to change.
 */
export async function connectServer(options: ConnectServerOptions): Promise<ModelConnection> {
  const { servers } = options;
  if (servers !== undefined) {
    const { connectServers } = await import('./several-servers/connect-servers.ts');
    // Which server to wait for is decided for all of them together.
    const open = (server: ModelServer) =>
      openConnection(server, { ...options, circuitBreaker: undefined }, usualReach(server, options.apiKey));
    return connectServers({ ...options, servers, open });
  }
  const server = await findModelServer(options);
  const notice = otherModel(server, options.model) ?? (options.choosing ? undefined : chosenModel(server, options.model));
  if (notice !== undefined) options.onNotice?.(notice);
  return openConnection(server, options, usualReach(server, options.apiKey));
}

/** A llama-server with one model answers with it, whatever name is asked for: nobody would notice that another model was meant. */
function otherModel({ address, dialect, models }: ModelServer, asked: string | undefined): string | undefined {
  const [name] = models;
  if (asked === undefined || dialect !== 'llama-server' || models.length !== 1 || name === undefined) return undefined;
  if (modelKey(name) === modelKey(asked)) return undefined;
  return `The model server at ${withoutCredentials(address)} has "${shortModelName(name)}" and answers with it; "${asked}" only says which profile counts.`;
}

/** If a server has several models, nobody would know that there was a choice. */
function chosenModel({ address, models }: ModelServer, asked: string | undefined): string | undefined {
  const [name] = models;
  if (asked !== undefined || name === undefined || models.length < 2) return undefined;
  return `The model server at ${withoutCredentials(address)} has ${models.length} models, of which "${shortModelName(name)}" is used; --model names another.`;
}
