import type { ModelServer } from '../server/model-server.ts';

/**
 * Several servers as one: what they can do together, and what each of them is sure to have. The context is the smallest, because a reply that one server loses
 * must fit the others. The address is that of the first.
 */
export function combineServers(servers: readonly ModelServer[], defaultModel: string): ModelServer {
  const contexts = servers.map(({ contextTokens }) => contextTokens).filter((tokens) => tokens !== undefined);
  const slots = servers.map((server) => server.slots);
  const releases = new Set(servers.map(({ release }) => release));
  return {
    address: servers[0]?.address ?? '',
    engine: 'server',
    models: [...new Set([defaultModel, ...servers.flatMap(({ models }) => models)])],
    contextTokens: contexts.length === 0 ? undefined : Math.min(...contexts),
    // If one does not report it, nothing can be said for all.
    slots: slots.includes(undefined) ? undefined : slots.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    release: releases.size === 1 ? servers[0]?.release : undefined,
    dialect: servers.every(({ dialect }) => dialect === 'llama-server') ? 'llama-server' : 'openai',
    capabilities: {
      countsTokens: servers.some(({ capabilities }) => capabilities.countsTokens),
      continuesReplies: servers.every(({ capabilities }) => capabilities.continuesReplies),
    },
  };
}
