import { authorization } from './authorization.ts';
import { ModelError } from './model-error.ts';
import type { ModelServer } from './model-server.ts';
import { withoutCredentials } from './require-local-address.ts';
import { unlimitedFetch } from './unlimited-fetch.ts';

export interface ProbeOptions {
  /** With `/v1`. */
  address: string;
  apiKey?: string | undefined;
  engine?: ModelServer['engine'] | undefined;
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
  const root = address.replace(/\/v1$/, '');
  const ask = (url: string) => askJson(url, options);

  const models = await ask(`${address}/models`);
  if (models.kind === 'failed') return { state: 'absent', address, reason: models.reason };
  if (models.status === 503) return { state: 'loading', address };
  if (models.status === 401 || models.status === 403) return { state: 'refused', address, error: keyRefused(address) };
  const health = await ask(`${root}/health`);
  if (health.kind === 'answered' && health.status === 503) return { state: 'loading', address };
  if (models.status !== 200 || !Array.isArray(read(models.body, 'data'))) {
    return {
      state: 'absent',
      address,
      reason: `it answers, but not as a model server (HTTP ${models.status} at ${new URL(address).pathname}/models)`,
    };
  }
  const names = (read(models.body, 'data') as unknown[]).map((entry) => read(entry, 'id')).filter((id) => typeof id === 'string');

  const props = await ask(`${root}/props`);
  const contextTokens =
    props.kind === 'answered' && props.status === 200 ? read(props.body, 'default_generation_settings', 'n_ctx') : undefined;
  if (props.kind !== 'answered' || typeof contextTokens !== 'number') {
    return {
      state: 'ready',
      server: {
        address,
        engine: options.engine ?? 'server',
        models: names,
        dialect: 'openai',
        capabilities: { countsTokens: false, continuesReplies: true },
      },
    };
  }
  const slots = read(props.body, 'total_slots');
  const release = read(props.body, 'build_info');
  return {
    state: 'ready',
    server: {
      address,
      engine: options.engine ?? 'server',
      models: names,
      // A server that routes between models says 0: it has not loaded any.
      contextTokens: contextTokens > 0 ? contextTokens : undefined,
      slots: typeof slots === 'number' ? slots : undefined,
      release: typeof release === 'string' ? release : undefined,
      dialect: 'llama-server',
      capabilities: { countsTokens: true, continuesReplies: true },
    },
  };
}

type Answer = { kind: 'answered'; status: number; body: unknown } | { kind: 'failed'; reason: string };

async function askJson(url: string, { apiKey, signal, timeoutMilliseconds = 5000 }: ProbeOptions): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const headers = authorization(apiKey);
  try {
    const response = await unlimitedFetch(url, {
      headers,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    return { kind: 'answered', status: response.status, body: parse(text) };
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: 'failed', reason: timeout.aborted ? `no answer within ${timeoutMilliseconds / 1000} s` : reasonOf(error) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Reads a path of keys out of something unknown. */
function read(value: unknown, ...keys: string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

/** `fetch failed` says nothing: the reason is in the cause. */
function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  if (cause?.code === 'ECONNREFUSED') return 'nothing listens there';
  if (cause?.code === 'ENOTFOUND') return 'there is no such host';
  return cause?.message ?? (error as Error).message;
}

function keyRefused(address: string): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'server.unauthorized',
    message: `The model server at ${withoutCredentials(address)} refuses the key it was given.`,
    hint: "Set llm_api_key in config.yaml or OPENAI_API_KEY in .env to the server's key. A key from the shell's environment is not sent to this machine.",
  });
}
