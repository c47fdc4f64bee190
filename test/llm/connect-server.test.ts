import { describe, expect, it } from 'vitest';
import { connectServer } from '../../src/llm/connect-server.ts';
import type { ConnectServerOptions } from '../../src/llm/model-connection.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../support/instant-clock.ts';
import { streamed } from './model-on-fake.ts';
import { startWebServer } from './web-server.ts';

const connect = (options: Partial<ConnectServerOptions>) =>
  connectServer({ remote: 'refused', timeoutMilliseconds: 60_000, clock: instantClock(), ...options });

describe('connectServer', () => {
  it("uses the server's own model unless another is asked for", async () => {
    await using server = await startFakeLlamaServer({ model: 'devstral' });
    const own = await connect({ address: server.address });
    const asked = await connect({ address: server.address, model: 'other' });
    expect([own.defaultModel, own.model().name, own.model('third').name]).toEqual(['devstral', 'devstral', 'third']);
    expect([asked.defaultModel, asked.model().name]).toEqual(['other', 'other']);
    await streamed(asked.model());
    expect(server.requests[0]?.body['model']).toBe('other');
  });

  it.each([
    ['other', 'devstral', 1],
    ['devstral', 'devstral', 0],
    ['tiny-team', '/models/tiny-team.gguf', 0],
    [undefined, 'devstral', 0],
  ])('asked for %s says that a llama-server has %s, where that is another one', async (model, served, count) => {
    await using server = await startFakeLlamaServer({ model: served });
    const notices: string[] = [];
    await connect({ address: server.address, model, onNotice: (text) => notices.push(text) });
    expect(notices).toEqual(Array.from({ length: count }, () => expect.stringContaining('has "devstral" and answers with it') as string));
  });

  it('says which of several models is used, unless one was named', async () => {
    await using server = await startWebServer((request, response) => {
      response.writeHead(request.url === '/v1/models' ? 200 : 404).end('{"data":[{"id":"embedder"},{"id":"coder-7b"}]}');
    });
    const notices: string[] = [];
    const onNotice = (text: string) => notices.push(text);
    expect((await connect({ address: server.address, onNotice })).defaultModel).toBe('coder-7b');
    await connect({ address: server.address, model: 'coder-7b', onNotice });
    expect(notices).toEqual([expect.stringContaining('has 2 models, of which "coder-7b" is used; --model names another')]);
  });

  it('asks a server what it is by limits of its own, not by that of a call', async () => {
    await using server = await startWebServer((request, response) => {
      const answer = () => response.writeHead(request.url === '/v1/models' ? 200 : 404).end('{"data":[{"id":"coder"}]}');
      setImmediate(() => setImmediate(answer));
    });
    expect((await connect({ address: server.address, timeoutMilliseconds: 0 })).defaultModel).toBe('coder');
  });

  it('sends the key to the address that is given', async () => {
    await using server = await startFakeLlamaServer();
    const connection = await connect({ address: server.address, apiKey: 'sk-1' });
    await streamed(connection.model());
    expect(connection.server).toMatchObject({ address: server.address, engine: 'server' });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-1');
  });

  it('takes the context from the settings only where the server does not tell it', async () => {
    await using telling = await startFakeLlamaServer({ contextTokens: 8192 });
    await using silent = await startFakeLlamaServer({ missingPaths: ['/props', '/slots', '/health'] });
    const contexts = await Promise.all(
      [telling, silent].map(async ({ address }) => (await connect({ address, contextTokens: 4096 })).server.contextTokens),
    );
    expect(contexts).toEqual([8192, 4096]);
    expect((await connect({ address: silent.address })).server).not.toHaveProperty('contextTokens');
  });

  it('can be closed twice, and leaves a server that it did not start alone', async () => {
    await using server = await startFakeLlamaServer();
    const connection = await connect({ address: server.address });
    await connection.close();
    await connection.close();
    expect((await streamed(connection.model())).error).toBeUndefined();
  });

  it('refuses a remote address', async () => {
    await expect(connect({ address: 'http://example.com/v1' })).rejects.toMatchObject({ code: 'server.remote_refused' });
  });
});
