import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import type { LookUpName } from '../../../src/llm/destinations/destination.ts';
import { type Sending, watchingRequests } from '../../../src/llm/destinations/request-watch.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { createFetch, unlimitedFetch } from '../../../src/llm/server/unlimited-fetch.ts';
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

describe('where a request goes', () => {
  const leadsTo = (...answers: string[]): LookUpName => {
    let asked = 0;
    return () => Promise.resolve([{ address: answers[Math.min(asked++, answers.length - 1)] ?? '', family: 4 }]);
  };
  async function listening() {
    const requests: string[] = [];
    const server = await startWebServer((request, response) => {
      requests.push(request.url ?? '');
      response.end('{}');
    });
    return { requests, server, port: new URL(server.address).port };
  }

  it('is told to the watch around the work before anything is sent, with the bytes of the body', async () => {
    const { server, requests } = await listening();
    await using _ = server;
    const told: unknown[] = [];
    const watch = (sending: Sending) => Promise.resolve(void told.push({ ...sending, before: requests.length }));
    await watchingRequests(watch, async () => {
      await unlimitedFetch(server.address);
      await unlimitedFetch(server.address, { method: 'POST', body: '{"é":1}' });
    });
    const { host } = new URL(server.address);
    expect(told).toEqual([
      { host, where: 'this_machine', bytes: 0, before: 0 },
      { host, where: 'this_machine', bytes: 8, before: 1 },
    ]);
  });

  it('is refused by the watch before a connection is opened', async () => {
    const { server, requests } = await listening();
    await using _ = server;
    const refusal = new ModelError({ kind: 'refused', code: 'private.refused', message: 'No.' });
    await expect(
      watchingRequests(
        () => Promise.reject(refusal),
        () => unlimitedFetch(server.address),
      ),
    ).rejects.toBe(refusal);
    expect(requests).toEqual([]);
  });

  it('cannot move farther away by a name that leads elsewhere when the connection is opened', async () => {
    const { server, requests, port } = await listening();
    await using _ = server;
    const fetch = createFetch(leadsTo('127.0.0.1', '203.0.113.9'));
    const cause = { message: expect.stringContaining('leads to another address than a moment ago') as string };
    await expect(fetch(`http://models.example:${port}/v1`)).rejects.toMatchObject({ cause });
    expect(requests).toEqual([]);
  });

  it('counts as far away for a name that was, even if the connection then finds it here', async () => {
    const { server, port } = await listening();
    await using _ = server;
    const told: Sending[] = [];
    const fetch = createFetch(leadsTo('203.0.113.9', '127.0.0.1'));
    await watchingRequests(
      (sending) => Promise.resolve(void told.push(sending)),
      () => fetch(`http://models.example:${port}/v1`),
    );
    expect(told).toEqual([{ host: `models.example:${port}`, where: 'elsewhere', bytes: 0 }]);
  });

  it('is never a proxy that the environment names', async () => {
    const proxy = await listening();
    const model = await listening();
    await using both = new AsyncDisposableStack();
    for (const { server } of [proxy, model]) both.use(server);
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY']) vi.stubEnv(name, proxy.server.address);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    await unlimitedFetch(model.server.address);
    vi.unstubAllEnvs();
    expect([proxy.requests.length, model.requests.length]).toEqual([0, 1]);
  });

  it('need not be known for a wait to be ended', async () => {
    const abort = new AbortController();
    const fetch = createFetch(() => new Promise(() => undefined));
    const asked = fetch('http://models.example/v1', { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });
});
