import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A request that has arrived. */
export interface BotserverCall {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** The parsed body; undefined: there was none. */
  body: unknown;
}

/** What answers one path: JSON, or whatever the function does with the response. */
export type Answering = (call: BotserverCall, response: ServerResponse) => unknown;

export interface FakeBotserverOptions {
  /** By `METHOD /path`; the first whose pattern matches answers. What nothing matches is answered with 404. */
  routes?: Readonly<Record<string, Answering>>;
  /** For requests to upgrade. Absent: refused with 404. */
  upgrade?: ((request: IncomingMessage, socket: Duplex) => void) | undefined;
}

export interface FakeBotserver extends AsyncDisposable {
  /** Without a slash at the end. */
  root: string;
  calls: BotserverCall[];
}

const well: Readonly<Record<string, Answering>> = { 'GET /health': () => ({ status: 'ok' }) };

/** A botserver whose every answer a test writes, on 127.0.0.1 on a free port. An answer that is returned is sent as JSON; one that is undefined was sent by the function. */
export async function startFakeBotserver({ routes = {}, upgrade }: FakeBotserverOptions = {}): Promise<FakeBotserver> {
  const calls: BotserverCall[] = [];
  const all = Object.entries({ ...well, ...routes });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString('utf8');
    const { method = '', url = '', headers } = request;
    const call = { method, path: url, headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    calls.push(call);
    const answering = all.find(([route]) => new RegExp(`^${route}$`).test(`${method} ${url}`))?.[1];
    if (answering === undefined) {
      response.writeHead(404).end('{"error":"not found"}');
      return;
    }
    const answered = await answering(call, response);
    if (answered !== undefined) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const sockets = new Set<Duplex>();
  server.on('upgrade', (request, socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    calls.push({ method: 'UPGRADE', path: request.url ?? '', headers: request.headers, body: undefined });
    if (upgrade === undefined) socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    else upgrade(request, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
