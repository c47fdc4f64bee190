import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { expect, it, vi } from 'vitest';
import { unlimitedFetch } from '../../../src/llm/server/unlimited-fetch.ts';
import { startWebServer } from '../web-server.ts';

vi.mock(import('undici'), async (original) => {
  const undici = await original();
  return { ...undici, Agent: vi.fn<typeof undici.Agent>(undici.Agent) as unknown as typeof undici.Agent };
});

it('has no limit for the headers and none for the body, and keeps connections alive', async () => {
  const ports = new Set<number | undefined>();
  await using server = await startWebServer((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{}');
  });
  for (let request = 0; request < 10; request += 1) await (await unlimitedFetch(server.address)).text();
  // A connection is free again a moment after its answer was read, so the next request may open a second one.
  expect(ports.size).toBeLessThanOrEqual(2);
  // 0 means no limit; the client's own is 300 s for each.
  expect(Agent).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ headersTimeout: 0, bodyTimeout: 0 }));
});

it.each([
  ['a redirect', (response: ServerResponse) => response.writeHead(302, { location: '/elsewhere' }).end('moved'), 'unexpected redirect'],
  ['a status that there is not', (response: ServerResponse) => response.writeHead(777).end('what?'), 'an answer has no status 777'],
])('%s is an error that names its cause, and not followed', async (_, answer, message) => {
  const paths: (string | undefined)[] = [];
  await using server = await startWebServer((request, response) => {
    paths.push(request.url);
    answer(response);
  });
  await expect(unlimitedFetch(`${server.address}/asked`)).rejects.toMatchObject({ message: 'fetch failed', cause: { message } });
  expect(paths).toEqual(['/v1/asked']);
});

it('an answer without a body is one, and what is sent is named as text to be taken unpacked', async () => {
  const headers: IncomingHttpHeaders[] = [];
  await using server = await startWebServer((request, response) => {
    headers.push(request.headers);
    response.writeHead(204).end();
  });
  const response = await unlimitedFetch(server.address, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  expect([response.status, response.ok, await response.text()]).toEqual([204, true, '']);
  expect(headers[0]).toMatchObject({ 'content-type': 'application/json', 'content-length': '2', 'accept-encoding': 'identity' });
});

it.each<[string, (text: string) => Buffer]>([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('an answer that a proxy packs unasked is read as it was: %s', async (encoding, pack) => {
  await using server = await startWebServer((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(pack('{"ok":true}'));
  });
  expect(await (await unlimitedFetch(server.address)).json()).toEqual({ ok: true });
});

it('an answer that is said to be packed and is not breaks off as an error, and ends nothing else', async () => {
  await using server = await startWebServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"ok":true}');
  });
  const answer = await unlimitedFetch(server.address);
  await expect(answer.text()).rejects.toThrow('incorrect header check');
});

it('an aborted call rejects with the reason of its signal, before the answer and in the middle of it', async () => {
  await using server = await startWebServer((request, response) => {
    if (request.url === '/v1/begins') response.write('beginning');
  });
  const reason = new Error('no longer wanted');
  const before = new AbortController();
  const never = unlimitedFetch(`${server.address}/never`, { signal: before.signal });
  before.abort(reason);
  await expect(never).rejects.toBe(reason);
  const during = new AbortController();
  const response = await unlimitedFetch(`${server.address}/begins`, { signal: during.signal });
  const text = response.text();
  during.abort(reason);
  await expect(text).rejects.toBe(reason);
});

it('an address with a name and a password in it is not asked', async () => {
  await expect(unlimitedFetch('http://name:secret@127.0.0.1:1/v1')).rejects.toMatchObject({
    cause: { message: 'the address holds credentials' },
  });
});
