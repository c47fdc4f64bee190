import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Fits = (body: string) => boolean;

export interface HoldingProxy {
  /** In place of the server's. */
  address: string;
  /** How many events the newest reply to a request had whose body fits. */
  eventsOf: (fits: Fits) => number;
  /** From now on every reply to such a request stops after so many events, as on a machine that goes on later than anybody waits. */
  hold: (fits: Fits, events: number) => void;
  /** Everything passes again. */
  release: () => void;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** Passes all requests on to a server on this machine. How fast it is then no longer decides what a test meets in the middle of a reply. */
export async function startHoldingProxy(to: string): Promise<HoldingProxy> {
  const target = new URL(to);
  let held: { fits: Fits; events: number } | undefined;
  const replies: { body: string; events: number }[] = [];
  const proxy = createServer((asked, answer) => {
    const pass = async () => {
      const body = await bodyOf(asked);
      const { method, url: path, headers } = asked;
      const sent = request({ host: target.hostname, port: target.port, method, path, headers: { ...headers, host: target.host } });
      sent.end(body);
      answer.on('close', () => sent.destroy());
      const [got] = (await once(sent, 'response')) as [IncomingMessage];
      answer.writeHead(got.statusCode ?? 502, got.headers);
      const reply = { body: body.toString(), events: 0 };
      replies.push(reply);
      const most = held?.fits(reply.body) === true ? held.events : Infinity;
      for await (const piece of got as AsyncIterable<Buffer>) {
        if (reply.events < most) answer.write(piece);
        reply.events += piece.toString().split('\n\n').length - 1;
      }
      if (reply.events < most) answer.end();
    };
    // Whoever hangs up, on either side, ends the other side, too.
    pass().catch(() => answer.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${target.pathname === '/' ? '' : target.pathname}`,
    eventsOf: (fits) => replies.findLast(({ body }) => fits(body))?.events ?? 0,
    hold: (fits, events) => (held = { fits, events }),
    release: () => (held = undefined),
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
