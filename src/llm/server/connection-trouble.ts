import { printableLine } from '../../utils/printable.ts';

/** What the codes of the system and of the HTTP client mean to a person. */
const meanings: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNRESET: 'the other side closed the connection',
  EPIPE: 'the other side closed the connection',
  UND_ERR_SOCKET: 'the other side closed the connection',
  ETIMEDOUT: 'no connection within the time for it',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time for it',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
};

/** Why a connection failed, from the deepest cause: the errors above it say only that it did. */
export function connectionTrouble(error: unknown): string {
  let current = error as { message?: string; code?: string; cause?: unknown };
  while (typeof current.cause === 'object' && current.cause !== null) current = current.cause;
  const { code = '', message = '' } = current;
  return meanings[code] ?? (printableLine((message || code).slice(0, 300).trim()) || 'no reason given');
}
