import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchSafely } from '../../../src/local-engine/download/fetch-safely.ts';
import { proxiesOf } from '../../../src/local-engine/download/proxies.ts';

/** A proxy that lets nothing through, and the places that it was asked for. */
async function startProxy() {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { asked, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('downloads behind a proxy', () => {
  it('go through it, and a proxy that refuses is named without what it is entered with', async () => {
    const { asked, address } = await startProxy();
    const https = address.replace('http://', 'http://me:secret@');
    const failure = await fetchSafely('https://models.example.invalid/x.gguf', { proxies: { https } }).catch((error: unknown) => error);
    expect(asked).toEqual(['models.example.invalid:443']);
    expect(failure).toMatchObject({ code: 'download.no_connection', message: expect.stringContaining(`through the proxy ${address}`) });
    expect((failure as Error).message).not.toContain('secret');
  });

  it('from this machine go past it', async () => {
    const { asked, address } = await startProxy();
    await fetchSafely('http://127.0.0.1:9/x.gguf', { proxies: { http: address, https: address } }).catch(() => undefined);
    expect(asked).toEqual([]);
  });

  it('say so where it is none that can be used', async () => {
    await expect(fetchSafely('https://models.example.invalid/x', { proxies: { https: 'no address' } })).rejects.toMatchObject({
      code: 'download.bad_proxy',
    });
  });
});

describe('the proxies of an environment', () => {
  it.each([
    [{}, {}],
    [{ HTTPS_PROXY: 'http://a:1' }, { https: 'http://a:1' }],
    [
      { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2', NO_PROXY: 'x' },
      { https: 'http://a:1', except: 'x' },
    ],
    [
      { ALL_PROXY: 'http://a:1', http_proxy: 'http://b:2' },
      { http: 'http://b:2', https: 'http://a:1' },
    ],
    [{ https_proxy: '' }, {}],
  ])('of %j are %j', (environment, proxies) => {
    expect(proxiesOf(environment)).toEqual({ http: undefined, https: undefined, except: undefined, ...proxies });
  });
});
