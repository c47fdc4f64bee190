import { CircuitBreaker } from '../server/circuit-breaker.ts';
import { isServerHealthy } from '../server/is-server-healthy.ts';
import type { ConnectServerOptions, ModelConnection } from '../model-connection.ts';
import type { ModelServer } from '../server/model-server.ts';
import { probeModelServer } from '../server/probe-model-server.ts';
import { requireLocalAddress } from '../server/require-local-address.ts';
import { PooledServer } from './pooled-server.ts';
import { type PoolNeeds, whyUnfit } from './pool-needs.ts';

export interface CreatePooledServerOptions extends Pick<
  ConnectServerOptions,
  'apiKey' | 'model' | 'contextTokens' | 'remote' | 'clock' | 'circuitBreaker' | 'onNotice'
> {
  /** With `/v1`. */
  address: string;
  weight: number;
  /** Talks to one server. */
  open: (server: ModelServer) => ModelConnection;
  needs: PoolNeeds;
  closed: AbortSignal;
}

const usualPauseMilliseconds = 60_000;

/** A server at an address. Nothing is known about it yet. */
export function createPooledServer(options: CreatePooledServerOptions): PooledServer {
  const {
    address,
    weight,
    apiKey,
    model,
    contextTokens,
    remote,
    clock,
    circuitBreaker,
    open,
    needs,
    closed,
    onNotice = () => undefined,
  } = options;
  let dialect: ModelServer['dialect'] = 'openai';
  const isHealthy = (signal: AbortSignal) => isServerHealthy({ server: { address, dialect }, apiKey, signal });
  return new PooledServer({
    address,
    weight,
    async probe(signal) {
      // At every probe, not only at the start.
      requireLocalAddress(address, remote);
      const result = await probeModelServer({ address, apiKey, model: needs.models[0] ?? model, contextTokens, signal });
      if (result.state === 'ready') ({ dialect } = result.server);
      return result;
    },
    open,
    unfit: (server) => whyUnfit(server, needs),
    isHealthy,
    breaker: circuitBreaker && new CircuitBreaker({ ...circuitBreaker, isHealthy, clock }),
    longestPauseMilliseconds: circuitBreaker?.timeoutMilliseconds ?? usualPauseMilliseconds,
    clock,
    closed,
    onNotice,
  });
}
