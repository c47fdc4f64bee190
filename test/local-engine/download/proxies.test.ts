import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
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

/** One that speaks SOCKS 5 and refuses every connection, and the hosts that it was asked for by name. */
async function startSocksProxy() {
  const asked: string[] = [];
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request) => {
        if (request[3] === 3) asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
        socket.end(Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { asked, port: (server.address() as AddressInfo).port };
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

  it('go through one without a scheme, as curl does', async () => {
    const { asked, address } = await startProxy();
    const https = address.replace('http://', '');
    await fetchSafely('https://models.example.invalid/x', { proxies: { https } }).catch(() => undefined);
    expect(asked).toEqual(['models.example.invalid:443']);
  });

  it.each(['socks5', 'socks5h', 'socks'])('go through one that is named with %s://, which looks the host up', async (scheme) => {
    const proxy = await startSocksProxy();
    const https = `${scheme}://127.0.0.1:${proxy.port}`;
    const failure = await fetchSafely('https://models.example.invalid/x', { proxies: { https } }).catch((error: unknown) => error);
    expect(proxy.asked).toEqual(['models.example.invalid']);
    expect(failure).toMatchObject({ code: 'download.no_connection' });
  });

  it.each(['no address', 'socks4://127.0.0.1:1', 'ftp://127.0.0.1:1'])('say so where %j is none that can be used', async (https) => {
    await expect(fetchSafely('https://models.example.invalid/x', { proxies: { https } })).rejects.toMatchObject({
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
