import { CircuitBreaker } from '../circuit-breaker.ts';
import { normaliseAddress, noServerFound, serverStillLoading } from '../find-model-server.ts';
import { isServerHealthy } from '../is-server-healthy.ts';
import type { ConnectOptions, ModelConnection } from '../model-connection.ts';
import { ModelError } from '../model-error.ts';
import type { ModelServer } from '../model-server.ts';
import { type ProbeResult, probeModelServer } from '../probe-model-server.ts';
import { requireLocalAddress, withoutCredentials } from '../require-local-address.ts';
import { combineServers } from './combine-servers.ts';
import { offeredName } from './offered-name.ts';
import { PooledChatModel } from './pooled-chat-model.ts';
import { PooledServer } from './pooled-server.ts';
import { ServerPool } from './server-pool.ts';

export interface ConnectServersOptions extends Omit<ConnectOptions, 'servers'> {
  servers: readonly { address: string; weight: number }[];
  /** Talks to one server. */
  open: (server: ModelServer) => ModelConnection;
}

/** What a server must have to be used; known once the first one answers. */
interface Needs {
  models: string[];
  /** The smallest context of the servers that the connection began with: what was made to fit it goes on anywhere. */
  contextTokens?: number | undefined;
}

/**
 * Connects several servers as one. It begins as soon as one of them is ready; the others join when they answer.
 * @throws as `findModelServer`, where none of them is ready; `model.not_found` where none has the model.
 */
export async function connectServers(options: ConnectServersOptions): Promise<ModelConnection> {
  const { random = Math.random } = options;
  const closed = new AbortController();
  const needs: Needs = { models: [] };
  const members = addressesOf(options).map((named) => member({ ...named, options, needs, closed: closed.signal }));
  const ready = await firstReady(members, needs, options);
  const first = ready[0];
  const defaultModel = needs.models[0];
  if (first === undefined || defaultModel === undefined) throw noneHasModel(members, options.model ?? '');

  const server = combineServers(ready, defaultModel);
  needs.contextTokens = server.contextTokens;
  if (ready.some(({ contextTokens }) => contextTokens !== undefined && contextTokens !== server.contextTokens))
    options.onNotice?.(
      `The contexts of the model servers differ: the smallest, of ${server.contextTokens} tokens, counts for all of them.`,
    );
  for (const unused of members) if (unused.state !== 'up') unused.watch();
  const pool = new ServerPool({ servers: members, random });
  const models = new Map<string, PooledChatModel>();
  return {
    server,
    servers: ready,
    defaultModel,
    model: (name = defaultModel) => {
      const known = models.get(name) ?? new PooledChatModel(name, pool);
      models.set(name, known);
      return known;
    },
    close: async () => closed.abort(),
  };
}

/** Waits as long as a server is loading and none is ready. */
async function firstReady(members: PooledServer[], needs: Needs, options: ConnectServersOptions): Promise<ModelServer[]> {
  const { clock, signal = new AbortController().signal, model, roleModels = [], loadingTimeoutMilliseconds = 300_000 } = options;
  const waitUntil = clock.now() + loadingTimeoutMilliseconds;
  for (;;) {
    const results = await Promise.all(members.map((server) => server.probe(signal)));
    const ready = results.flatMap((result) => (result.state === 'ready' ? [result.server] : []));
    // Before the first one answers nobody can say who is fit.
    if (ready[0] !== undefined) needs.models = [...new Set([model ?? ready[0].models[0] ?? 'default', ...roleModels])];
    for (const [index, result] of results.entries()) if (result.state === 'ready') members[index]?.adopt(result.server);
    const used = members.flatMap(({ state, server }) => (state === 'up' && server !== undefined ? [server] : []));
    const loading = results.find((result) => result.state === 'loading');
    if (used.length > 0 || loading === undefined) {
      if (used.length === 0 && ready.length === 0) throw reasonOf(results);
      for (const [index, result] of results.entries()) if (result.state !== 'ready') members[index]?.notUsed(absence(result));
      return used;
    }
    if (clock.now() >= waitUntil) throw serverStillLoading(loading.address);
    options.onLoading?.(loading.address);
    await clock.sleep(1000, signal);
  }
}

/** In one form, each once. @throws ModelError for what is no address, stands twice, or is not on this machine without leave. */
function addressesOf({ servers, remote }: ConnectServersOptions): { address: string; weight: number }[] {
  const named = servers.map(({ address, weight }) => ({ address: normaliseAddress(address), weight }));
  for (const [index, { address }] of named.entries()) {
    requireLocalAddress(address, remote);
    if (named.findIndex((other) => other.address === address) === index) continue;
    throw new ModelError({
      kind: 'configuration',
      code: 'server.bad_address',
      message: `The model server ${withoutCredentials(address)} is named twice in llm_base_url.`,
      hint: 'Name it once; a larger weight has it do more.',
    });
  }
  return named;
}

interface MemberOptions {
  address: string;
  weight: number;
  options: ConnectServersOptions;
  needs: Needs;
  closed: AbortSignal;
}

function member({ address, weight, options, needs, closed }: MemberOptions): PooledServer {
  const { apiKey, remote, clock, circuitBreaker, open, onNotice = () => undefined } = options;
  let dialect: ModelServer['dialect'] = 'openai';
  const isHealthy = (signal: AbortSignal) => isServerHealthy({ server: { address, dialect }, apiKey, signal });
  return new PooledServer({
    address,
    weight,
    async probe(signal) {
      requireLocalAddress(address, remote);
      const result = await probeModelServer({ address, apiKey, signal });
      if (result.state === 'ready') ({ dialect } = result.server);
      return result;
    },
    open,
    unfit: (server) => unfit(server, needs),
    isHealthy,
    breaker: circuitBreaker && new CircuitBreaker({ ...circuitBreaker, isHealthy, clock }),
    longestPauseMilliseconds: circuitBreaker?.timeoutMilliseconds ?? 60_000,
    clock,
    closed,
    onNotice,
  });
}

function unfit({ models, contextTokens }: ModelServer, needs: Needs): string | undefined {
  if (needs.models.length > 0 && needs.models.every((name) => offeredName(models, name) === undefined))
    return `it has ${models.join(', ')} and not ${needs.models.join(' or ')}`;
  if (contextTokens !== undefined && needs.contextTokens !== undefined && contextTokens < needs.contextTokens)
    return `its context of ${contextTokens} tokens is smaller than the ${needs.contextTokens} that the work was planned for`;
  return undefined;
}

function absence(result: Exclude<ProbeResult, { state: 'ready' }>): string {
  if (result.state === 'loading') return 'it is still loading its model. It will be used when it answers';
  return result.state === 'absent' ? `${result.reason}. It will be used when it answers` : 'it refuses the key it was given';
}

function reasonOf(results: ProbeResult[]): ModelError {
  const refused = results.find((result) => result.state === 'refused');
  const absent = results.flatMap((result) =>
    result.state === 'absent' ? [`${withoutCredentials(result.address)}: ${result.reason}`] : [],
  );
  return refused?.error ?? noServerFound(absent);
}

function noneHasModel(members: PooledServer[], model: string): ModelError {
  const offers = members.flatMap(({ address, server }) =>
    server ? [`${withoutCredentials(address)} has ${server.models.join(', ')}`] : [],
  );
  return new ModelError({
    kind: 'configuration',
    code: 'model.not_found',
    message: `None of the model servers that answer has the model "${model}" (${offers.join('; ')}).`,
    hint: 'Name a model that they have with --model or llm_model. A llama-server takes its name from --alias.',
  });
}
