import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Test = (text: string) => boolean;

export interface HoldingProxy {
  /** In place of the server's. */
  address: string;
  /** From now on every reply to a request whose body fits stops where its text is `enough`, as on a machine that goes on later than anybody waits. */
  hold: (fits: Test, enough: Test) => void;
  /** Everything passes again. */
  release: () => void;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** Passes all requests on to a server on this machine. How fast it is then no longer decides what a test meets in the middle of a reply. */
export async function startHoldingProxy(to: string): Promise<HoldingProxy> {
  const target = new URL(to);
  let held: { fits: Test; enough: Test } | undefined;
  const proxy = createServer((asked, answer) => {
    const pass = async () => {
      const body = await bodyOf(asked);
      const { method, url: path, headers } = asked;
      const sent = request({ host: target.hostname, port: target.port, method, path, headers: { ...headers, host: target.host } });
      sent.end(body);
      answer.on('close', () => sent.destroy());
      const [got] = (await once(sent, 'response')) as [IncomingMessage];
      answer.writeHead(got.statusCode ?? 502, got.headers);
      const enough = held?.fits(body.toString()) === true ? held.enough : () => false;
      let passed = '';
      let rest = '';
      for await (const piece of got.setEncoding('utf8') as AsyncIterable<string>) {
        const events = `${rest}${piece}`.split(/(?<=\n\n)/);
        rest = events.at(-1)?.endsWith('\n\n') === true ? '' : (events.pop() ?? '');
        for (const event of events) {
          if (enough(textIn(passed))) return;
          passed += event;
          answer.write(event);
        }
      }
      if (!enough(textIn(passed))) answer.end(rest);
    };
    // Whoever hangs up, on either side, ends the other side, too.
    pass().catch(() => answer.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${target.pathname === '/' ? '' : target.pathname}`,
    hold: (fits, enough) => (held = { fits, enough }),
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

/** The text of a reply in the events of either protocol. */
function textIn(events: string): string {
  return [...events.matchAll(/"(?:content|text)":("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) => JSON.parse(text) as string).join('');
}
