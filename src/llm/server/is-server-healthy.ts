import { authorization } from './authorization.ts';
import { type ModelServer, serverRoot } from './model-server.ts';
import { unlimitedFetch } from './unlimited-fetch.ts';

export interface HealthOptions {
  server: Pick<ModelServer, 'address' | 'dialect'>;
  apiKey?: string | undefined;
  signal: AbortSignal;
}

/** These questions are answered at once by a server that works, also while it reads a prompt. */
const timeoutMilliseconds = 10_000;

/**
 * What is asked, in turn, until a question is one that the server knows. Below its root where it begins with a slash, else below `/v1`. Some answer as a
 * llama-server does and have no health of their own.
 */
const questions: Readonly<Record<ModelServer['dialect'], readonly string[]>> = {
  'llama-server': ['/health', 'models', '/props'],
  openai: ['models', '/health', '/healthz', '/ping', '/'],
};
const unknown: ReadonlySet<number> = new Set([404, 405, 410, 501]);

/** Whether the server still answers. @throws what the HTTP client throws where it does not. */
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
