import { checkDownloadAddress } from './download-address.ts';
import { downloadError } from './download-error.ts';

export interface FetchSafelyOptions {
  method?: 'GET' | 'HEAD' | undefined;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
}

/** Publishers send on to the servers that hold the files. */
const mostRedirects = 5;

/**
 * Follows redirects, each of which has to lead to an address that a model may come from. Nothing secret is sent.
 * @throws MultiagentError `download.no_connection`, `download.bad_address`; the signal's reason.
 */
export async function fetchSafely(address: string, { method = 'GET', headers = {}, signal }: FetchSafelyOptions = {}): Promise<Response> {
  let url = checkDownloadAddress(address);
  for (let turn = 0; turn <= mostRedirects; turn += 1) {
    const response = await attempt(url, { method, headers, redirect: 'manual', ...(signal === undefined ? {} : { signal }) });
    const next = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || next === null) return response;
    await response.body?.cancel();
    url = checkDownloadAddress(URL.parse(next, url.href)?.href ?? next);
  }
  throw noConnection(url, 'it sends on and on');
}

async function attempt(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    init.signal?.throwIfAborted();
    throw noConnection(url, reasonOf(error), error);
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? 'for a reason that it did not tell';
}

function noConnection(url: URL, reason: string, cause?: unknown) {
  const hint = 'Check the connection and run the same command again: what has arrived is kept. HF_ENDPOINT names another server.';
  return downloadError('no_connection', `${url.origin} cannot be reached: ${reason}.`, { hint, cause });
}
