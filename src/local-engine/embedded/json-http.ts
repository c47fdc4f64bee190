import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalidRequest, ServerError } from './server-error.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';

/** The limit of a request body in bytes: far more than any context that a CPU reads in reasonable time. */
const bodyLimit = 16 * 1024 * 1024;

/** @throws ServerError: 413 for a body that is too long, 400 for one that is not JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(request.headers['content-length']) > bodyLimit) throw tooLong();
  // The connection must survive an early end, or the answer that says why would never arrive.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimit) throw tooLong();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw invalidRequest('The request cannot be understood: its body is not valid JSON.');
  }
}

function tooLong(): ServerError {
  return new ServerError({ status: 413, type: 'invalid_request_error', message: `The request is longer than ${bodyLimit} bytes.` });
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = Buffer.from(JSON.stringify(body));
  // The rest of a refused request's body is not read.
  const ending = response.req.readableEnded ? {} : { Connection: 'close' };
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length, ...ending });
  response.end(bytes);
}

/** Server-sent events; the headers are sent with the first one. */
export class EventStream {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get started(): boolean {
    return this.#response.headersSent;
  }

  send(data: object | '[DONE]'): void {
    if (!this.started) this.#response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    this.#response.write(`data: ${data === '[DONE]' ? data : JSON.stringify(data)}\n\n`);
  }

  end(): void {
    this.#response.end();
  }
}

/**
 * Refuses requests that do not come from programs on this machine. A web page whose name was pointed at 127.0.0.1 (DNS rebinding) sends that name as Host,
 * and any page that posts here sends its Origin.
 * @throws ServerError (403).
 */
export function checkLoopback({ headers: { host, origin } }: IncomingMessage): void {
  if (isLoopbackAddress(`http://${host ?? ''}`) && (origin === undefined || isLoopbackAddress(origin))) return;
  throw new ServerError({ status: 403, type: 'permission_error', message: 'This server answers programs on this machine only.' });
}
