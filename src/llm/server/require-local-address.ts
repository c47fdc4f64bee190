import { hostToAllow, isAllowedHost } from '../../utils/allowed-host.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { ModelError } from '../model-error.ts';

/** What a person allows outside this machine: nothing, everything that they named themselves, or the hosts of these entries (`models.example`, `https://models.example:8443`). */
export type AllowedRemote = 'refused' | 'allowed' | readonly string[];

/** Whether an address may be sent something: it is on this machine, or it was allowed. The one rule for that. */
export function isAddressAllowed(address: string, remote: AllowedRemote): boolean {
  if (remote === 'allowed' || isLoopbackAddress(address)) return true;
  return remote !== 'refused' && isAllowedHost(remote, address);
}

/**
 * Local means local: what people write and own leaves this machine only if they say so.
 * @throws ModelError `server.remote_refused` for an address that is neither on this machine nor allowed.
 */
export function requireLocalAddress(address: string, remote: AllowedRemote): void {
  if (isAddressAllowed(address, remote)) return;
  const host = hostToAllow(address);
  throw new ModelError({
    kind: 'refused',
    code: 'server.remote_refused',
    message: `The model server ${withoutCredentials(address)} is not on this machine, and your requirement and code would be sent there.`,
    hint: `Use --allow-remote${host === undefined ? '' : ` ${host}`} if you mean it, or an address such as http://127.0.0.1:8080/v1.`,
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
