import { authorization } from './authorization.ts';
import { type ModelServer, serverRoot } from './model-server.ts';
import { unlimitedFetch } from './unlimited-fetch.ts';

export interface HealthOptions {
  server: Pick<ModelServer, 'address' | 'dialect'>;
  apiKey?: string | undefined;
  signal: AbortSignal;
}

/** A working server answers these questions at once, even while it reads a prompt. */
const timeoutMilliseconds = 10_000;

/**
 * The paths to ask in turn until the server knows one. Below its root if the path begins with a slash, else below `/v1`. Some servers answer like a
 * llama-server but have no health check.
 */
const questions: Readonly<Record<ModelServer['dialect'], readonly string[]>> = {
  'llama-server': ['/health', 'models', '/props'],
  openai: ['models', '/health', '/healthz', '/ping', '/'],
};
const unknown: ReadonlySet<number> = new Set([404, 405, 410, 501]);

/** Whether the server still answers. @throws what the HTTP client throws if it does not. */
export async function isServerHealthy({ server, apiKey, signal }: HealthOptions): Promise<boolean> {
  for (const path of questions[server.dialect]) {
    const url = path.startsWith('/') ? `${serverRoot(server.address)}${path}` : `${server.address}/${path}`;
    const response = await unlimitedFetch(url, {
      headers: authorization(apiKey),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
    });
    await response.body?.cancel();
    if (!unknown.has(response.status)) return response.ok;
  }
  return false;
}
