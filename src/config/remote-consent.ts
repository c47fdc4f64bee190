import { isLoopbackAddress } from '../utils/loopback.ts';
import { serversOf } from './server-addresses.ts';
import type { Settings } from './settings-schema.ts';

type Consent = Settings['allow_remote'];

/** The addresses that a consent names; none if it is a plain yes or no. */
function namedAddresses(consent: Consent): string[] {
  if (typeof consent === 'boolean') return [];
  return (typeof consent === 'string' ? consent.split(',') : consent).map((address) => address.trim());
}

function originOf(address: string): string | undefined {
  return URL.parse(address)?.origin;
}

/** Whether a consent names this address, by protocol, host and port. */
export function namesAddress(consent: Consent, address: string): boolean {
  const origin = originOf(address);
  return origin !== undefined && namedAddresses(consent).some((named) => originOf(named) === origin);
}

/** Whether the servers in these settings may be outside this machine. With `true` a person consents to the servers that they named themselves. */
export function remoteOf({ allow_remote: consent, llm_base_url: servers }: Settings): 'allowed' | 'refused' {
  if (typeof consent === 'boolean') return consent ? 'allowed' : 'refused';
  const remote = serversOf(servers).filter(({ address }) => !isLoopbackAddress(address));
  return remote.every(({ address }) => namesAddress(consent, address)) ? 'allowed' : 'refused';
}
