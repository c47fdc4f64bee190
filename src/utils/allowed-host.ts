import { isIPv4, isIPv6 } from 'node:net';

/** What one entry of a consent allows: a host, and no other protocol or port than those that it names. */
export interface AllowedHost {
  /** As the URL parser writes it: lower case, names of other alphabets as `xn--…`, IPv6 in brackets, without a dot at the end. */
  host: string;
  /** Absent: either. */
  protocol?: 'http:' | 'https:';
  /** Absent: every one. Where the protocol is named, a port that is left out is the usual one. */
  port?: string;
}

const usualPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** A name with a dot, or an address. A word alone could be anything; it takes a port or a protocol to be a host. */
const plainHost = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+$/;

const withoutLastDot = (host: string) => host.replace(/\.$/, '');

/**
 * Reads `models.example`, `gpu:8080`, `[fd00::1]`, `https://models.example:8443`. Undefined: it is no host. What could be taken for another host than it is gets no
 * further: wildcards, user names, percent signs, backslashes, queries.
 */
export function readAllowedHost(text: string): AllowedHost | undefined {
  const given = text.trim();
  if (/[\s@%\\?#*]|:$/.test(given)) return undefined;
  const [, scheme, rest = ''] = /^(?:(https?):\/\/)?(.*)$/i.exec(given) ?? [];
  const bare = isIPv6(rest) ? `[${rest}]` : rest;
  if (scheme === undefined && bare.includes('/')) return undefined;
  const url = URL.parse(`${scheme?.toLowerCase() ?? 'http'}://${bare}`);
  if (url === null) return undefined;
  const host = withoutLastDot(url.hostname);
  if (!host.startsWith('[') && !plainHost.test(host)) return undefined;
  // `1` and `0x7f.1` are addresses for the URL parser.
  if (isIPv4(host) && !bare.startsWith(host)) return undefined;
  if (scheme !== undefined) return { host, protocol: url.protocol as 'http:' | 'https:', port: portOf(url) };
  const [, port] = /:(\d{1,5})$/.exec(isIPv6(rest) ? '' : bare) ?? [];
  if (port !== undefined) return { host, port: String(Number(port)) };
  return host.includes('.') || host.startsWith('[') || host === 'localhost' ? { host } : undefined;
}

function portOf({ protocol, port }: URL): string {
  return port === '' ? (usualPorts[protocol] ?? '') : port;
}

/** Whether one of the entries allows an address. @param entries As people write them; what is no host allows nothing. */
export function isAllowedHost(entries: readonly string[], address: string): boolean {
  return entries.some((entry) => covers(readAllowedHost(entry), address));
}

/** Whether one of the entries names an address whole, by protocol, host and port. */
export function isNamedWhole(entries: readonly string[], address: string): boolean {
  return entries.some((entry) => {
    const allowed = readAllowedHost(entry);
    return allowed?.protocol !== undefined && covers(allowed, address);
  });
}

function covers(allowed: AllowedHost | undefined, address: string): boolean {
  const url = URL.parse(address);
  if (allowed === undefined || url === null || usualPorts[url.protocol] === undefined) return false;
  const { host, protocol = url.protocol, port = portOf(url) } = allowed;
  return withoutLastDot(url.hostname) === host && url.protocol === protocol && portOf(url) === port;
}

/** How an entry for the host of an address is written; undefined if it has none. */
export function hostToAllow(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || usualPorts[url.protocol] === undefined) return undefined;
  const host = withoutLastDot(url.hostname);
  // A word alone is no entry.
  return readAllowedHost(host) === undefined || url.port !== '' ? `${host}:${portOf(url)}` : host;
}
