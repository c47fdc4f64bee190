import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { ServerError } from './server-error.ts';

/**
 * Answers only to names of this machine. A web page whose own name was pointed at 127.0.0.1 (DNS rebinding) sends that name as Host, and any page
 * that posts here sends its Origin.
 * @throws ServerError (403).
 */
export function checkLoopback({ headers: { host, origin } }: IncomingMessage): void {
  if (isLoopbackAddress(`http://${host ?? ''}`) && (origin === undefined || isLoopbackAddress(origin))) return;
  throw new ServerError({ status: 403, type: 'permission_error', message: 'This server answers programs on this machine only.' });
}
