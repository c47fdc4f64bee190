import { normaliseAddress } from '../server/find-model-server.ts';
import type { ConnectServerOptions, ModelConnection } from '../model-connection.ts';
import { ModelError } from '../model-error.ts';
import type { ModelServer } from '../server/model-server.ts';
import { requireLocalAddress, withoutCredentials } from '../server/require-local-address.ts';
import { awaitServers } from './await-servers.ts';
import { combineServers } from './combine-servers.ts';
import { createPooledServer } from './create-pooled-server.ts';
import { pooledSlots } from './pooled-slots.ts';
import { PooledChatModel } from './pooled-chat-model.ts';
import type { PoolNeeds } from './pool-needs.ts';
import { ServerPool } from './server-pool.ts';

export interface ConnectServersOptions extends Omit<ConnectServerOptions, 'servers'> {
  servers: readonly { address: string; weight: number }[];
  /** Talks to one server. */
  open: (server: ModelServer) => ModelConnection;
}

/**
 * Connects to several servers as one. It starts as soon as one of them is ready; the others join when they answer.
 * @throws ModelError as `findModelServer`, if none of them is ready; `model.not_found` if none has the model.
 */
export async function connectServers(options: ConnectServersOptions): Promise<ModelConnection> {
  const { random = Math.random, beginAt, onNotice } = options;
  const closed = new AbortController();
  const needs: PoolNeeds = { models: [] };
  const members = addressesOf(options).map((named) => createPooledServer({ ...options, ...named, needs, closed: closed.signal }));
  const ready = await awaitServers({ ...options, members, needs });
  const defaultModel = needs.models[0] ?? 'default';
  const server = combineServers(ready, defaultModel);
  needs.contextTokens = server.contextTokens;
  if (ready.some(({ contextTokens }) => contextTokens !== undefined && contextTokens !== server.contextTokens))
    onNotice?.(`The contexts of the model servers differ: the smallest, of ${server.contextTokens} tokens, counts for all of them.`);

  for (const member of members) if (member.state !== 'up') member.watch();
  const pool = new ServerPool({ servers: members, random, beginAt });
  const models = new Map<string, PooledChatModel>();
  const { clock, cacheFolder, onMeasuring } = options;
  const tellsSlots = server.slots !== undefined && server.dialect === 'llama-server';
  return {
    server,
    servers: ready,
    slots: tellsSlots ? pooledSlots({ members, server, model: defaultModel, clock, cacheFolder, onMeasuring }) : undefined,
    defaultModel,
    model: (name = defaultModel) => {
      const known = models.get(name) ?? new PooledChatModel(name, pool);
      models.set(name, known);
      return known;
    },
    async close() {
      closed.abort();
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

/**
 * The addresses in a uniform form, each once. @throws ModelError for an invalid address, one that is named twice, or one that is not on this machine if that is
 * not allowed.
 */
function addressesOf({ servers, remote }: ConnectServersOptions): { address: string; weight: number }[] {
  const named = servers.map(({ address, weight }) => ({ address: normaliseAddress(address), weight }));
  for (const [index, { address }] of named.entries()) {
    requireLocalAddress(address, remote);
    if (named.findIndex((other) => other.address === address) === index) continue;
    throw new ModelError({
      kind: 'configuration',
      code: 'server.bad_address',
      message: `The model server ${withoutCredentials(address)} is named twice in llm_base_url.`,
      hint: 'Name it once. To have it do more, give it a larger weight.',
    });
  }
  return named;
}
