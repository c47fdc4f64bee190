import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Any web server on 127.0.0.1, on a free port. */
export async function startWebServer(answer: RequestListener): Promise<AsyncDisposable & { address: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
