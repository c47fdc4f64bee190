import type { Clock } from '../utils/clock.ts';
import { ModelError } from './model-error.ts';
import type { ModelServer } from './model-server.ts';
import { probeModelServer } from './probe-model-server.ts';
import { requireLocalAddress, withoutCredentials } from './require-local-address.ts';

/** llama-server's long-time default port and the one that it is moving to. */
export const defaultAddresses = ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:9931/v1'];

export interface FindOptions {
  /** Absent: the default addresses, in turn. */
  address?: string | undefined;
  apiKey?: string | undefined;
  engine?: ModelServer['engine'] | undefined;
  remote: 'refused' | 'allowed';
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** How long a server that is loading is waited for. */
  loadingTimeoutMilliseconds?: number | undefined;
  onLoading?: ((address: string) => void) | undefined;
}

/**
 * Finds a server that is ready; one that is still loading its model is waited for.
 * @throws ModelError `server.not_found`, `server.still_loading`, `server.remote_refused`, `server.bad_address`, `server.unauthorized`.
 */
export async function findModelServer(options: FindOptions): Promise<ModelServer> {
  const addresses = options.address === undefined ? defaultAddresses : [normalise(options.address)];
  for (const address of addresses) requireLocalAddress(address, options.remote);

  const waitUntil = options.clock.now() + (options.loadingTimeoutMilliseconds ?? 300_000);
  for (;;) {
    const absent: string[] = [];
    let loading: string | undefined;
    for (const address of addresses) {
      const result = await probeModelServer({ ...options, address });
      if (result.state === 'ready') return result.server;
      if (result.state === 'loading') loading ??= address;
      else absent.push(`${withoutCredentials(address)}: ${result.reason}`);
    }
    if (loading === undefined) throw notFound(absent);
    if (options.clock.now() >= waitUntil) throw stillLoading(loading);
    options.onLoading?.(loading);
    await options.clock.sleep(1000, options.signal);
  }
}

function normalise(address: string): string {
  const withScheme = /^[a-z]+:\/\//i.test(address) ? address : `http://${address}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ModelError({
      kind: 'configuration',
      code: 'server.bad_address',
      message: `"${address}" is not an address of a model server.`,
      hint: 'An address looks like http://127.0.0.1:8080/v1.',
    });
  }
  return url.pathname === '/' ? `${withScheme.replace(/\/+$/, '')}/v1` : withScheme.replace(/\/+$/, '');
}

function notFound(absent: string[]): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'server.not_found',
    message: `No model server was found (${absent.join('; ')}).`,
    hint: 'Start one ("llama-server -m model.gguf --jinja"), name its address with --base-url, or try "multiagent demo", which needs none.',
  });
}

function stillLoading(address: string): ModelError {
  return new ModelError({
    kind: 'transient',
    code: 'server.still_loading',
    message: `The model server at ${withoutCredentials(address)} is still loading its model.`,
    hint: 'Wait until its log says that the model is loaded, then run the command again.',
  });
}
