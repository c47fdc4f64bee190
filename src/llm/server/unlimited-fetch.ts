import { Agent } from 'undici';

let dispatcher: Agent | undefined;

/**
 * `fetch` for model servers: connections are kept alive, and neither headers nor body have a time limit. The built-in limits give up after 300 s of silence,
 * which a long prompt on a slow machine easily takes; `watchCall` decides whether a call is alive. Redirects are refused, because the address was checked to be
 * local, but the target of a redirect was not.
 */
export function unlimitedFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  dispatcher ??= new Agent({ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 60_000, connect: { timeout: 10_000 } });
  return fetch(input, { ...init, redirect: 'error', dispatcher } as unknown as RequestInit);
}
