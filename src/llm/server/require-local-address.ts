import { isLoopbackAddress } from '../../utils/loopback.ts';
import { ModelError } from '../model-error.ts';

/**
 * Local means local: what people write and own leaves this machine only if they say so.
 * @throws ModelError `server.remote_refused` for an address outside this machine unless remote ones are allowed.
 */
export function requireLocalAddress(address: string, remote: 'refused' | 'allowed'): void {
  if (remote === 'allowed' || isLoopbackAddress(address)) return;
  throw new ModelError({
    kind: 'refused',
    code: 'server.remote_refused',
    message: `The model server ${withoutCredentials(address)} is not on this machine, and your requirement and code would be sent there.`,
    hint: 'Use --allow-remote if you mean it, or an address such as http://127.0.0.1:8080/v1.',
  });
}

/** An address that is safe to show: without user name, password and query, which may hold a key. Works for unusable addresses, too. */
export function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  if (url === null || url.host === '') return address.replace(/^([a-z]+:\/\/)?.*@/is, '$1').replace(/[?#].*$/s, '');
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.toString().replace(/\/$/, '');
}
