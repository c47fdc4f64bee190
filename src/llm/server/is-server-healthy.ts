import { authorization } from './authorization.ts';
import type { ModelServer } from './model-server.ts';
import { unlimitedFetch } from './unlimited-fetch.ts';
import { serverRoot } from './server-root.ts';

export interface HealthOptions {
  server: Pick<ModelServer, 'address' | 'dialect'>;
  apiKey?: string | undefined;
  signal: AbortSignal;
}

/** These questions are answered at once by a server that works, also while it reads a prompt. */
const timeoutMilliseconds = 10_000;

/** Whether the server still answers. @throws what the HTTP client throws where it does not. */
export async function isServerHealthy({ server, apiKey, signal }: HealthOptions): Promise<boolean> {
  const url = server.dialect === 'llama-server' ? `${serverRoot(server.address)}/health` : `${server.address}/models`;
  const response = await unlimitedFetch(url, {
    headers: authorization(apiKey),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
  });
  await response.body?.cancel();
  return response.ok;
}
