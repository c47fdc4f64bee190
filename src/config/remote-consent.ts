import { isNamedWhole } from '../utils/allowed-host.ts';
import type { Settings } from './settings-schema.ts';

type Consent = Settings['allow_remote'];

/** The hosts that a consent names; none if it is a plain yes or no. */
function namedHosts(consent: Consent): string[] {
  if (typeof consent === 'boolean') return [];
  return (typeof consent === 'string' ? consent.split(',') : consent).map((host) => host.trim());
}

/** Whether a consent names this address whole: by protocol, host and port. Only then may a file of the project choose it. */
export function namesAddress(consent: Consent, address: string): boolean {
  return isNamedWhole(namedHosts(consent), address);
}

/** What these settings allow outside this machine, as connections are told it. */
export function remoteOf({ allow_remote: consent }: Pick<Settings, 'allow_remote'>): 'allowed' | 'refused' | readonly string[] {
  if (typeof consent === 'boolean') return consent ? 'allowed' : 'refused';
  return namedHosts(consent);
}

/** What sources say together, of which only the last may be a plain yes or no: it holds for what the others leave open. At least one. */
export function joinConsents(consents: readonly Consent[]): Consent {
  if (consents.length === 1 || consents.at(-1) === true) return consents.at(-1) ?? false;
  return consents.flatMap(namedHosts);
}
