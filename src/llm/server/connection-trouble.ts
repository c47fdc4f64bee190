import { printableLine } from '../../utils/printable.ts';

/** The codes of the system and of the HTTP client in words for a person. */
const meanings: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up right now',
  ECONNRESET: 'the other side closed the connection',
  EPIPE: 'the other side closed the connection',
  UND_ERR_SOCKET: 'the other side closed the connection',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EHOSTUNREACH: 'that host cannot be reached',
  ENETUNREACH: 'that network cannot be reached',
};

/** Why the other side is not taken for whom it says it is. Asking again does not help; a person has to look. */
const certificates: Readonly<Record<string, string>> = {
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, by the clock of this machine',
  CERT_HAS_EXPIRED: 'its certificate has expired, by the clock of this machine',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by somebody whom this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by somebody whom this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by somebody whom this machine does not know',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** What is wrong with its certificate, and what to do; undefined: nothing is known to be. */
export function certificateTrouble(error: unknown): { reason: string; hint: string } | undefined {
  const { code = '' } = deepest(error);
  const reason = certificates[code];
  if (reason === undefined) return undefined;
  const clock = /clock/.test(reason);
  const hint = clock
    ? `Look whether the clock of this machine is right: it says ${new Date().toUTCString()}. If it is, whoever runs that server has to renew the certificate.`
    : 'Check the address. If you know who signed the certificate, name their file in the variable NODE_EXTRA_CA_CERTS.';
  return { reason, hint };
}

function deepest(error: unknown): { message?: string; code?: string } {
  let current = error as { message?: string; code?: string; cause?: unknown };
  while (typeof current.cause === 'object' && current.cause !== null) current = current.cause;
  return current;
}

/** Why a connection failed, from the deepest cause: the errors above it say only that it did. */
export function connectionTrouble(error: unknown): string {
  const { code = '', message = '' } = deepest(error);
  return meanings[code] ?? certificates[code] ?? (printableLine((message || code).slice(0, 300).trim()) || 'no reason given');
}
