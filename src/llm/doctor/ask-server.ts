import { authorization } from '../authorization.ts';
import { unlimitedFetch } from '../unlimited-fetch.ts';

export interface AskServerOptions {
  /** With `/v1`. */
  address: string;
  apiKey?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Servers answer such questions at once, or do not know them. */
const patienceMilliseconds = 3000;

/** What a server answers to a question beside the shared protocol; undefined where it does not know it. @throws the signal's reason. */
export async function askServer(path: string, { address, apiKey, signal }: AskServerOptions): Promise<unknown> {
  const patience = AbortSignal.timeout(patienceMilliseconds);
  try {
    const response = await unlimitedFetch(`${address.replace(/\/v1$/, '')}${path}`, {
      headers: authorization(apiKey),
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    });
    if (response.ok) return await response.json();
    await response.body?.cancel();
  } catch {
    signal?.throwIfAborted();
  }
  return undefined;
}
