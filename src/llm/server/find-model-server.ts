import type { Clock } from '../../utils/clock.ts';
import { ModelError } from '../model-error.ts';
import type { ModelServer } from './model-server.ts';
import { probeModelServer } from './probe-model-server.ts';
import { type AllowedRemote, requireLocalAddress, withoutCredentials } from './require-local-address.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

/** Where a server is looked for if no address is given: llama-server's long-time default port and the one that it is moving to. */
export const defaultAddresses: readonly string[] = ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:9931/v1'];

export interface FindOptions {
  /** Absent: the usual addresses, in turn. */
  address?: string | undefined;
  /** The addresses to try in turn if none is given. Default: the ports that llama-server listens on by default. */
  usualAddresses?: readonly string[] | undefined;
  apiKey?: string | undefined;
  engine?: ModelServer['engine'] | undefined;
  /** The model to use. Default: the first that the server lists. */
  model?: string | undefined;
  /** The context according to the settings; used if the server does not report its own. */
  contextTokens?: number | undefined;
  remote: AllowedRemote;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** How long to wait for a server that is loading. */
  loadingTimeoutMilliseconds?: number | undefined;
  /** Called about once a second while a server is loading, with the time waited so far. */
  onLoading?: ((address: string, waitedMilliseconds: number) => void) | undefined;
}

/**
 * Finds a server that is ready. Waits for one that is still loading its model.
 * @throws ModelError `server.not_found`, `server.still_loading`, `server.remote_refused`, `server.bad_address`, `server.bad_key`, and `server.unauthorized` if
 * no other address has a server.
 */
export async function findModelServer(options: FindOptions): Promise<ModelServer> {
  const { address: given, usualAddresses = defaultAddresses, apiKey, engine, model, contextTokens, signal } = options;
  const addresses = given === undefined ? usualAddresses.map(normaliseAddress) : [normaliseAddress(given)];
  for (const address of addresses) requireLocalAddress(address, options.remote);

  const began = options.clock.now();
  const waitUntil = began + (options.loadingTimeoutMilliseconds ?? 300_000);
  for (;;) {
    const absent: string[] = [];
    let loading: string | undefined;
    let refused: ModelError | undefined;
    for (const address of addresses) {
      // The caller's other limits do not apply here: a health check must not wait as long as a call.
      const result = await probeModelServer({ address, apiKey, engine, model, contextTokens, signal, timeoutMilliseconds: 10_000 });
      if (result.state === 'ready') return result.server;
      if (result.state === 'loading') loading ??= address;
      else if (result.state === 'refused') refused ??= result.error;
      else absent.push(`${address}: ${result.reason}`);
    }
    if (loading === undefined) throw refused ?? noServerFound(absent);
    if (options.clock.now() >= waitUntil) throw serverStillLoading(loading);
    options.onLoading?.(loading, options.clock.now() - began);
    await options.clock.sleep(1000, options.signal);
  }
}

/** Endings of addresses that people copied from a request, and their replacements. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/\/{2,}/g, '/'],
  [/\/(?:chat\/completions|completions?|responses|embeddings|models|health|props|slots)$/i, ''],
  // Ollama's own paths.
  [/^\/api\/(?:chat|generate|tags|ps|version)$/i, '/v1'],
  [/(?:\/v1){1,5}$/i, '/v1'],
];

/** An address with a scheme, with `/v1` if no other path is given, and without a slash at the end. @throws ModelError `server.bad_address`. */
export function normaliseAddress(address: string): string {
  const withScheme = /^[a-z]+:\/\//i.test(address) ? address : `http://${address}`;
  const url = URL.parse(withScheme);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw badAddress(address, 'is not an address of a model server', 'An address looks like http://127.0.0.1:8080/v1.');
  }
  if (url.username !== '' || url.password !== '') {
    const hint = 'Leave them out. A key belongs in llm_api_key in config.yaml or OPENAI_API_KEY in .env.';
    throw badAddress(address, 'contains a user name or a password, which the address of a model server cannot have', hint);
  }
  const path = endings.reduce((rest, [ending, instead]) => rest.replace(ending, instead), trimEndOf(url.pathname, /\//));
  return `${url.origin}${path === '' ? '/v1' : path}`;
}

function badAddress(address: string, problem: string, hint: string): ModelError {
  const message = `"${withoutCredentials(address)}" ${problem}.`;
  return new ModelError({ kind: 'configuration', code: 'server.bad_address', message, hint });
}

/** `absent` says for each address that was tried why it is not a model server. */
export function noServerFound(absent: string[]): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'server.not_found',
    message: `No model server was found (${absent.join('; ')}).`,
    hint: 'Start one ("multiagent model start"), name its address with --base-url, or try "multiagent demo", which needs none.',
  });
}

export function serverStillLoading(address: string): ModelError {
  return new ModelError({
    kind: 'transient',
    code: 'server.still_loading',
    message: `The model server at ${withoutCredentials(address)} is still loading its model.`,
    hint: 'Wait until its log says that the model is loaded, then run the command again.',
  });
}
