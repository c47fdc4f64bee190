import { BlockList } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether an `http:` or `https:` address leads to this machine and nowhere else: 127.0.0.0/8, ::1 (also IPv4 written as IPv6) and `localhost`. The host is what
 * the URL parser of the HTTP client makes of the text, so user names, decimal and hexadecimal spellings cannot disguise it. Any other text is not loopback; a
 * name is never looked up.
 */
export function isLoopbackAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  const host = url.hostname;
  if (host.startsWith('[')) return loopback.check(host.slice(1, -1), 'ipv6');
  return host === 'localhost' || host === 'localhost.' || loopback.check(host, 'ipv4');
}
