import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * That a request was meant for this server and comes from a program. A page in a browser can send requests to this machine, and a name that somebody else owns can be made
 * to lead here: the one names its origin, the other stands in `Host`.
 * @param hosts What this server may be called, with its port.
 * @throws Refusal.
 */
export function checkRequest({ headers }: IncomingMessage, hosts: ReadonlySet<string>): void {
  if (!hosts.has(headers.host?.toLowerCase() ?? ''))
    throw new Refusal(421, {
      code: 'request.wrong_host',
      message: 'This server answers only to its own address on this machine.',
      hint: `Use ${[...hosts].map((host) => `http://${host}`).join(' or ')}.`,
    });
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined)
    throw new Refusal(403, { code: 'request.from_page', message: 'This server answers programs, and no pages in a browser.' });
}

/** What an address on this machine may be called in `Host`. */
export function hostsOf(address: string, port: number): ReadonlySet<string> {
  const own = address.includes(':') ? `[${address}]` : address;
  return new Set([own, '127.0.0.1', 'localhost'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
}
