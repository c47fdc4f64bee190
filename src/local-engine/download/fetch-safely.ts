import { checkDownloadAddress } from './download-address.ts';
import { connectionTrouble } from '../../llm/server/connection-trouble.ts';
import { downloadError } from './download-error.ts';
import { type Proxies, proxyAgent, proxyFor } from './proxies.ts';

export interface FetchSafelyOptions {
  method?: 'GET' | 'HEAD' | undefined;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
  /** Absent: no proxy is used. */
  proxies?: Proxies | undefined;
}

/** Publishers redirect to the servers that hold the files. */
const mostRedirects = 5;

/**
 * Fetches an address and follows redirects. Each must lead to an address that a model may come from. No secrets are sent.
 * @throws MultiagentError `download.no_connection`, `download.bad_address`; the signal's reason.
 */
export async function fetchSafely(
  address: string,
  { method = 'GET', headers = {}, signal, proxies = {} }: FetchSafelyOptions = {},
): Promise<Response> {
  let url = checkDownloadAddress(address);
  for (let turn = 0; turn <= mostRedirects; turn += 1) {
    const response = await attempt(url, { method, headers, redirect: 'manual', ...(signal === undefined ? {} : { signal }) }, proxies);
    const next = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || next === null) return response;
    await response.body?.cancel();
    url = checkDownloadAddress(URL.parse(next, url.href)?.href ?? next);
  }
  throw noConnection(url, 'it redirects too often', {});
}

async function attempt(url: URL, init: RequestInit, proxies: Proxies): Promise<Response> {
  const dispatcher = proxyAgent(proxies);
  try {
    return await fetch(url, dispatcher === undefined ? init : ({ ...init, dispatcher } as unknown as RequestInit));
  } catch (error) {
    init.signal?.throwIfAborted();
    throw noConnection(url, connectionTrouble(error), { proxy: dispatcher && proxyFor(url.protocol, proxies), cause: error });
  }
}

function noConnection(url: URL, reason: string, { proxy, cause }: { proxy?: string | undefined; cause?: unknown }) {
  if (proxy !== undefined) {
    const hint = `Check the proxy, which ${url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'} names; NO_PROXY names hosts that are reached without a proxy. What has arrived is kept.`;
    return downloadError('no_connection', `${url.origin} cannot be reached through the proxy ${proxy}: ${reason}.`, { hint, cause });
  }
  const hint =
    'Check the connection and run the same command again: what has arrived is kept. HF_ENDPOINT can name another server, HTTPS_PROXY a proxy.';
  return downloadError('no_connection', `${url.origin} cannot be reached: ${reason}.`, { hint, cause });
}
