import { askJson } from './ask-json.ts';
import { continuesReply } from './continues-reply.ts';
import { findLoadedContext } from './find-loaded-context.ts';
import { keyRefused } from './key-refused.ts';
import { ModelError } from '../model-error.ts';
import type { ModelServer } from './model-server.ts';
import { valueAt } from '../../utils/value-at.ts';
import { serverRoot } from './server-root.ts';

export interface ProbeOptions {
  /** With `/v1`. */
  address: string;
  apiKey?: string | undefined;
  engine?: ModelServer['engine'] | undefined;
  /** The model that is to be used; default: the first that the server lists. */
  model?: string | undefined;
  /** What a request may hold, by the settings: counts where the server does not tell. */
  contextTokens?: number | undefined;
  signal?: AbortSignal | undefined;
  /** For each question that is put to the server; it answers these at once or is not one. */
  timeoutMilliseconds?: number | undefined;
}

export type ProbeResult =
  | { state: 'ready'; server: ModelServer }
  | { state: 'loading'; address: string }
  | { state: 'refused'; address: string; error: ModelError }
  | { state: 'absent'; address: string; reason: string };

/**
 * Asks an address what it is. Works with any OpenAI-compatible server; a llama-server tells more.
 * @throws only the signal's reason, and ModelError `server.bad_key`.
 */
export async function probeModelServer(options: ProbeOptions): Promise<ProbeResult> {
  const address = options.address.replace(/\/+$/, '');
  const root = serverRoot(address);
  const ask = (url: string, body?: unknown) => askJson(url, { ...options, body });

  const models = await ask(`${address}/models`);
  if (models.kind === 'failed') return { state: 'absent', address, reason: models.reason };
  if (models.status === 503) return { state: 'loading', address };
  if (models.status === 401 || models.status === 403)
    return { state: 'refused', address, error: new ModelError(keyRefused(address, options.apiKey?.trim() ? 'given' : 'none')) };
  const health = await ask(`${root}/health`);
  if (health.kind === 'answered' && health.status === 503) return { state: 'loading', address };
  if (models.status !== 200 || !Array.isArray(valueAt(models.body, ['data']))) {
    return {
      state: 'absent',
      address,
      reason: `it answers, but not as a model server (HTTP ${models.status} at ${new URL(address).pathname}/models)`,
    };
  }
  const listed = valueAt(models.body, ['data']) as unknown[];
  const names = listed.map((entry) => valueAt(entry, ['id'])).filter((id) => typeof id === 'string');
  const known = { address, engine: options.engine ?? ('server' as const), models: names };

  const props = await ask(`${root}/props`);
  const contextTokens =
    props.kind === 'answered' && props.status === 200 ? valueAt(props.body, ['default_generation_settings', 'n_ctx']) : undefined;
  if (props.kind !== 'answered' || typeof contextTokens !== 'number') {
    const model = options.model ?? names[0];
    const loaded = model && (await findLoadedContext({ ask: (path) => ask(`${root}${path}`), listed, model }));
    const contextOf = loaded ?? options.contextTokens;
    const told = contextOf ? { contextTokens: contextOf } : {};
    // What such a server makes of an assistant message that stands last is not told, and many begin the reply anew.
    const capabilities = { countsTokens: false, continuesReplies: false };
    return { state: 'ready', server: { ...known, ...told, dialect: 'openai', capabilities } };
  }
  const slots = valueAt(props.body, ['total_slots']);
  const release = valueAt(props.body, ['build_info']);
  // A server that routes between models says 0: it has not loaded any, and must not load one for a question. Its releases all continue replies.
  const loaded = contextTokens > 0;
  return {
    state: 'ready',
    server: {
      ...known,
      contextTokens: loaded ? contextTokens : options.contextTokens,
      slots: typeof slots === 'number' ? slots : undefined,
      release: typeof release === 'string' ? release : undefined,
      dialect: 'llama-server',
      capabilities: {
        countsTokens: true,
        continuesReplies: !loaded || (await continuesReply((path, body) => ask(`${root}${path}`, body))),
      },
    },
  };
}
