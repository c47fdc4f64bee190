import { describe, expect, it } from 'vitest';
import { probeModelServer } from '../../../src/llm/server/probe-model-server.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { startWebServer } from '../web-server.ts';

describe('probeModelServer', () => {
  it("takes the slot's context, never the training length", async () => {
    await using server = await startFakeLlamaServer({ contextTokens: 8192, slots: 2, trainedContextTokens: 131_072 });
    expect(await probeModelServer({ address: server.address })).toEqual({
      state: 'ready',
      server: {
        address: server.address,
        engine: 'server',
        models: ['fake-model'],
        contextTokens: 4096,
        slots: 2,
        release: expect.any(String),
        dialect: 'llama-server',
        capabilities: { countsTokens: true, continuesReplies: true },
      },
    });
  });

  it('works with any OpenAI-compatible server, and claims nothing that it did not tell', async () => {
    await using server = await startFakeLlamaServer({ missingPaths: ['/props', '/slots', '/health'] });
    const result = await probeModelServer({ address: server.address });
    expect(result).toEqual({
      state: 'ready',
      server: {
        address: server.address,
        engine: 'server',
        models: ['fake-model'],
        dialect: 'openai',
        capabilities: { countsTokens: false, continuesReplies: false },
      },
    });
  });

  describe('a server that answers chats and lists no models', () => {
    const gateway = () =>
      startWebServer((request, response) => {
        const isChat = request.url === '/v1/chat/completions' && request.method === 'POST';
        response.writeHead(isChat ? 400 : 404).end(isChat ? '{"error":{"message":"messages: required"}}' : 'Not Found');
      });

    it('is used with the model that is named', async () => {
      await using server = await gateway();
      expect(await probeModelServer({ address: server.address, model: 'my-model' })).toMatchObject({
        state: 'ready',
        server: { models: ['my-model'], dialect: 'openai' },
      });
    });

    it('asks for a name where none is given', async () => {
      await using server = await gateway();
      expect(await probeModelServer({ address: server.address })).toMatchObject({
        state: 'absent',
        reason: expect.stringContaining('name one with --model'),
      });
    });

    it('is told from a page that knows no such address', async () => {
      await using server = await startWebServer((_, response) => response.writeHead(404).end('{"detail":"Not Found"}'));
      expect(await probeModelServer({ address: server.address, model: 'my-model' })).toMatchObject({
        state: 'absent',
        reason: expect.stringContaining('HTTP 404'),
      });
    });
  });

  it('takes a context of 0, as a server without a loaded model tells it, for unknown', async () => {
    await using server = await startWebServer((request, response) => {
      const answers: Record<string, unknown> = {
        '/v1/models': { data: [{ id: 'a' }, { id: 'b' }, { owned_by: 'nobody' }] },
        '/props': { default_generation_settings: { n_ctx: 0 } },
      };
      response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
    });
    const result = await probeModelServer({ address: server.address });
    expect(result).toMatchObject({ state: 'ready', server: { models: ['a', 'b'], dialect: 'llama-server', contextTokens: undefined } });
  });

  it('is loading as long as models or health answer 503', async () => {
    await using server = await startFakeLlamaServer({ state: 'loading' });
    expect(await probeModelServer({ address: server.address })).toMatchObject({ state: 'loading' });
    await using half = await startWebServer((request, response) => {
      response.writeHead(request.url === '/health' ? 503 : 200).end('{"data":[]}');
    });
    expect(await probeModelServer({ address: half.address })).toMatchObject({ state: 'loading' });
  });

  it.each([
    ['a page', 200, '<!doctype html>'],
    ['JSON of another kind', 200, '{"hello":"world"}'],
    ['data that is no list', 200, '{"data":{}}'],
    ['null', 200, 'null'],
    ['an error', 500, '{"data":[]}'],
    ['not found', 404, 'not found'],
  ])('is no model server that answers with %s', async (_, status, body) => {
    await using server = await startWebServer((_request, response) => void response.writeHead(status).end(body));
    expect(await probeModelServer({ address: server.address })).toMatchObject({
      state: 'absent',
      reason: expect.stringContaining(`HTTP ${status} at /v1/models`),
    });
  });

  it('is absent where nobody answers in time', async () => {
    await using server = await startWebServer(() => undefined);
    expect(await probeModelServer({ address: server.address, timeoutMilliseconds: 10 })).toMatchObject({
      state: 'absent',
      reason: 'no answer within 0.01 s',
    });
  });

  it('sends the key with each question, and none where there is none', async () => {
    await using server = await startFakeLlamaServer();
    await probeModelServer({ address: server.address, apiKey: 'sk-1' });
    expect(new Set(server.calls.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer sk-1']));
    await probeModelServer({ address: server.address });
    expect(server.calls.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('ends with the reason of an abort', async () => {
    const reason = new Error('enough');
    await expect(probeModelServer({ address: 'http://127.0.0.1:1/v1', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
