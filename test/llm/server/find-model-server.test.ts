import { describe, expect, it } from 'vitest';
import { findModelServer, type FindOptions } from '../../../src/llm/server/find-model-server.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { startWebServer } from '../web-server.ts';

const find = (options: Partial<FindOptions>) => findModelServer({ remote: 'refused', clock: instantClock(), ...options });

/** An address at which nothing listens. */
async function deadAddress(): Promise<string> {
  const server = await startFakeLlamaServer();
  await server.close();
  return server.address;
}

describe('findModelServer', () => {
  it('tries the usual addresses in turn, and takes the first that is ready', async () => {
    await using first = await startFakeLlamaServer();
    await using second = await startFakeLlamaServer();
    const dead = await deadAddress();
    expect((await find({ usualAddresses: [dead, first.address, second.address] })).address).toBe(first.address);
    expect(second.calls).toEqual([]);
  });

  it('takes a server that is ready before one that is loading', async () => {
    await using loading = await startFakeLlamaServer({ state: 'loading' });
    await using ready = await startFakeLlamaServer();
    expect((await find({ usualAddresses: [loading.address, ready.address] })).address).toBe(ready.address);
  });

  it('looks on where one of the usual addresses refuses the key, and says so only where nothing else is found', async () => {
    await using locked = await startWebServer((_, response) => void response.writeHead(401).end('{}'));
    await using ready = await startFakeLlamaServer();
    expect((await find({ usualAddresses: [locked.address, ready.address] })).address).toBe(ready.address);
    await expect(find({ usualAddresses: [locked.address, await deadAddress()] })).rejects.toMatchObject({
      kind: 'configuration',
      code: 'server.unauthorized',
    });
  });

  it('names every address where nothing was found, and why', async () => {
    const dead = await deadAddress();
    await using page = await startWebServer((_, response) => void response.end('<!doctype html><title>Router</title>'));
    await expect(find({ usualAddresses: [dead, page.address] })).rejects.toMatchObject({
      kind: 'configuration',
      code: 'server.not_found',
      message: `No model server was found (${dead}: nothing listens there; ${page.address}: it answers, but not as a model server (HTTP 200 at /v1/models)).`,
    });
  });

  it('follows no redirect', async () => {
    await using target = await startFakeLlamaServer();
    await using redirecting = await startWebServer((_, response) => {
      response.writeHead(302, { location: `${target.address}/models` }).end();
    });
    await expect(find({ address: redirecting.address })).rejects.toMatchObject({ code: 'server.not_found' });
    expect(target.calls).toEqual([]);
  });
});

describe('a server that is loading its model', () => {
  it('is waited for, by the injected clock, and that is told with the time it took so far', async () => {
    await using server = await startFakeLlamaServer({ state: 'loading' });
    const clock = instantClock();
    const told: [address: string, waitedSeconds: number][] = [];
    const found = await find({
      address: server.address,
      clock,
      onLoading: (address, waitedMilliseconds) => {
        told.push([address, Math.floor(waitedMilliseconds / 1000)]);
        if (told.length === 3) server.setLoading('ready');
      },
    });
    expect(found.address).toBe(server.address);
    expect(told).toEqual([0, 1, 2].map((waited) => [server.address, waited]));
    expect(clock.slept).toEqual([1000, 1000, 1000]);
  });

  it('is not waited for without end', async () => {
    await using server = await startFakeLlamaServer({ state: 'loading' });
    const clock = instantClock();
    await expect(find({ address: server.address, clock, loadingTimeoutMilliseconds: 5000 })).rejects.toMatchObject({
      kind: 'transient',
      code: 'server.still_loading',
    });
    expect(clock.slept.length).toBeGreaterThanOrEqual(4);
    expect(clock.slept.length).toBeLessThanOrEqual(5);
  });

  it('is waited for no longer than until an abort', async () => {
    await using server = await startFakeLlamaServer({ state: 'loading' });
    const reason = new Error('enough');
    const controller = new AbortController();
    const waiting = find({ address: server.address, signal: controller.signal, onLoading: () => controller.abort(reason) });
    await expect(waiting).rejects.toBe(reason);
  });
});

describe('an address', () => {
  it.each([
    ['with its path', (port: number) => `http://127.0.0.1:${port}/v1`],
    ['with a slash at the end', (port: number) => `http://127.0.0.1:${port}/v1/`],
    ['without a path', (port: number) => `http://127.0.0.1:${port}`],
    ['without a scheme', (port: number) => `127.0.0.1:${port}`],
    ['in capital letters', (port: number) => `HTTP://127.0.0.1:${port}/v1`],
    ['with /v1 twice', (port: number) => `http://127.0.0.1:${port}/v1/v1`],
    ['with two slashes', (port: number) => `http://127.0.0.1:${port}//v1`],
    ['with the version in capital letters', (port: number) => `http://127.0.0.1:${port}/V1`],
    ['as a request for a chat has it', (port: number) => `http://127.0.0.1:${port}/v1/chat/completions`],
    ['as its list of models has it', (port: number) => `http://127.0.0.1:${port}/v1/models/`],
    ['as its health has it', (port: number) => `http://127.0.0.1:${port}/health`],
    ["as Ollama's own requests have it", (port: number) => `http://127.0.0.1:${port}/api/chat`],
    ['in another spelling of this machine', (port: number) => `2130706433:${port}`],
  ])('may be given %s', async (_, spell) => {
    await using server = await startFakeLlamaServer();
    expect((await find({ address: spell(server.port) })).address).toBe(server.address);
  });

  it.each([
    '',
    'http://',
    'file:///etc/passwd',
    'ftp://127.0.0.1/v1',
    'http://127.0.0.1:99999/v1',
    'http://127.0.0.1:8080/v1?key=1',
    'http://127.0.0.1:8080/v1#here',
    'not an address',
  ])('%j is none', async (address) => {
    await expect(find({ address })).rejects.toMatchObject({ kind: 'configuration', code: 'server.bad_address' });
  });

  it.each(['http://me:secret@127.0.0.1:1/v1', 'me:secret@127.0.0.1:1', 'http://127.0.0.1@example.com/v1', 'http://me:secret@[bad'])(
    'with a user name is refused, and the password is not shown: %s',
    async (address) => {
      await expect(find({ address, remote: 'allowed' })).rejects.toMatchObject({
        code: 'server.bad_address',
        message: expect.not.stringContaining('secret'),
      });
    },
  );

  it.each([
    'http://example.com/v1',
    'https://api.openai.com/v1',
    'example.com:8080',
    '192.168.0.7:8080',
    'http://10.0.0.1',
    'http://0.0.0.0:8080/v1',
    'http://[::]:8080/v1',
    'http://[fe80::1]:8080/v1',
    'http://[::ffff:10.0.0.1]:8080/v1',
    'http://127.0.0.1.example.com/v1',
    'http://localhost.example.com/v1',
    'http://notlocalhost/v1',
    'http://3232235527/v1',
    'http://0xC0A80007/v1',
    '//example.com/v1',
    'http:\\\\example.com',
    'http:/example.com',
    'HTTP://EXAMPLE.COM',
    'http://exämple.com',
  ])('outside this machine is refused before anything is sent: %s', async (address) => {
    await expect(find({ address })).rejects.toMatchObject({ kind: 'refused', code: 'server.remote_refused' });
  });
});
