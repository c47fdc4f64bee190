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

/** Why a connection failed, from the deepest cause: the errors above it say only that it did. */
export function connectionTrouble(error: unknown): string {
  let current = error as { message?: string; code?: string; cause?: unknown };
  while (typeof current.cause === 'object' && current.cause !== null) current = current.cause;
  const { code = '', message = '' } = current;
  return meanings[code] ?? (printableLine((message || code).slice(0, 300).trim()) || 'no reason given');
}
