import { describe, expect, it } from 'vitest';
import { requireProviderKey } from '../../../../src/llm/providers/provider-keys.ts';
import { requestContext } from '../../../../src/llm/budget/request-context.ts';
import { anthropic } from '../../../../src/llm/providers/anthropic/anthropic.ts';
import { connectAnthropic } from '../../../../src/llm/providers/anthropic/connect-anthropic.ts';
import { failure } from '../../../config/load-support.ts';
import { instantClock } from '../../../support/instant-clock.ts';
import { streamed } from '../../model-on-fake.ts';
import { startWebServer } from '../../web-server.ts';
import { connectedTo, onFakeAnthropic } from './model-on-fake-anthropic.ts';

const two = [
  { type: 'model', id: 'claude-new-5', max_input_tokens: 1_000_000, max_tokens: 128_000 },
  { type: 'model', id: 'claude-old-4', max_input_tokens: 200_000, max_tokens: 8192 },
];

describe('connecting to a server with the protocol of Anthropic', () => {
  it('finds out the context of the model, which each request has to itself', async () => {
    const { connection, notices } = await onFakeAnthropic({ models: two }, { model: 'claude-old-4' });
    expect(connection).toMatchObject({ defaultModel: 'claude-old-4', server: { models: ['claude-old-4'], contextTokens: 200_000 } });
    expect(requestContext(connection, 4)).toBe(200_000);
    expect(notices).toEqual([]);
  });

  it('uses the newest model where none is named, and says so', async () => {
    const { connection, notices, server } = await onFakeAnthropic({ models: two }, { model: undefined });
    expect(connection).toMatchObject({ defaultModel: 'claude-new-5', server: { contextTokens: 1_000_000 } });
    expect(notices).toEqual([
      `The provider work (Anthropic at ${server.address}) has 2 models, of which claude-new-5 is used; --model work/<model> names another.`,
    ]);
  });

  it('finds out for each further model how long its replies may be', async () => {
    const { connection, server } = await onFakeAnthropic({ models: two }, { model: 'claude-new-5' });
    await streamed(connection.model('claude-old-4'));
    await streamed(connection.model());
    expect(server.requests.map(({ body }) => [body.model, body.max_tokens])).toEqual([
      ['claude-old-4', 8192],
      ['claude-new-5', 128_000],
    ]);
    expect(connection.model('claude-old-4')).toBe(connection.model('claude-old-4'));
  });

  it('assumes a context where the server reports none, and says so; the settings know better', async () => {
    const { connection, notices, server } = await onFakeAnthropic({ models: 'none' }, { model: 'claude-opus-4-1' });
    expect(connection.server.contextTokens).toBe(200_000);
    expect(notices).toEqual([
      `The provider work (Anthropic at ${server.address}) does not report the context of claude-opus-4-1: 200000 tokens are assumed. context_tokens of providers.work sets another number.`,
    ]);
    const known = await onFakeAnthropic({ models: 'none' }, { model: 'claude-opus-4-1', contextTokens: 50_000 });
    expect([known.connection.server.contextTokens, known.notices]).toEqual([50_000, []]);
    const others = await onFakeAnthropic({ models: 'none' }, { model: 'qwen' });
    expect([others.connection.server.contextTokens, others.notices]).toEqual([undefined, []]);
  });

  it('takes the address as the package does, and as people copy it', async () => {
    const { server } = await onFakeAnthropic();
    for (const end of ['', '/', '/v1', '/v1/', '/v1/messages']) {
      const { connection } = await connectedTo(`${server.address}${end}`);
      expect(connection.server.address).toBe(`${server.address}/v1`);
      expect((await streamed(connection.model())).error).toBeUndefined();
    }
  });

  it('waits for a server that is loading its model', async () => {
    let asked = 0;
    await using server = await startWebServer((_, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200, { 'content-type': 'application/json' });
      response.end(asked < 3 ? '{"error":{"message":"Loading model"}}' : '{"id":"m","type":"model"}');
    });
    const clock = instantClock();
    const waited: number[] = [];
    await connectedTo(server.address, { clock, onLoading: (_, milliseconds) => waited.push(milliseconds) });
    expect(clock.slept).toEqual([1000, 1000]);
    expect(waited).toHaveLength(2);
    asked = -1000;
    await expect(connectedTo(server.address, { clock, loadingTimeoutMilliseconds: 5000 })).rejects.toMatchObject({
      code: 'server.still_loading',
    });
  });
});

describe('a connection that cannot be', () => {
  it('is refused beyond this machine without consent, before anything is sent', async () => {
    const options = {
      name: 'work',
      address: 'https://api.anthropic.com',
      apiKey: 'k',
      remote: 'refused',
      timeoutMilliseconds: 1,
      clock: instantClock(),
    } as const;
    await expect(connectAnthropic(anthropic, options)).rejects.toMatchObject({ code: 'server.remote_refused' });
  });

  it('says that the key is refused', async () => {
    const { server } = await onFakeAnthropic();
    await expect(connectedTo(server.address, { apiKey: 'wrong' })).rejects.toMatchObject({
      code: 'server.unauthorized',
      message: `The provider work (Anthropic at ${server.address}) refuses the key it was given (HTTP 401): invalid x-api-key`,
    });
  });

  it('says which models there are, and the nearest', async () => {
    const { server } = await onFakeAnthropic({ models: two }, { model: 'claude-new-5' });
    await expect(connectedTo(server.address, { model: 'claude-new-6' })).rejects.toMatchObject({
      code: 'model.not_found',
      message: `The provider work (Anthropic at ${server.address}) has no model "claude-new-6".`,
      hint: 'Did you mean claude-new-5? It has: claude-new-5, claude-old-4. Set model of providers.work, or name one with --model work/<model>.',
    });
  });

  it('asks for a model where the server lists none', async () => {
    const { server } = await onFakeAnthropic({ models: 'none' }, { model: 'any' });
    await expect(connectedTo(server.address, { model: undefined })).rejects.toMatchObject({ code: 'provider.no_model' });
  });

  it('has one address', async () => {
    const servers = [
      { address: 'http://127.0.0.1:1', weight: 1 },
      { address: 'http://127.0.0.1:2', weight: 1 },
    ];
    await expect(connectedTo('http://127.0.0.1:1', { servers })).rejects.toMatchObject({ code: 'provider.several_addresses' });
  });

  it('tells a redirect and a server that is gone', async () => {
    await using elsewhere = await startWebServer((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end());
    await expect(connectedTo(elsewhere.address)).rejects.toMatchObject({ code: 'server.redirected' });
    const gone = await startWebServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    await expect(connectedTo(gone.address)).rejects.toMatchObject({ code: 'server.lost', kind: 'transient' });
  });
});

describe('the key', () => {
  it.each([
    ['sk-ant-admin01-x', 'is an admin key, which cannot ask models'],
    ['sk-ant-oat01-x', 'is the token of a sign-in, which is no key'],
    ['sk-proj-x', 'is one of OpenAI'],
    ['sk-ant-api03 x', 'contains a space, a line break or a character beyond ASCII, and no key does'],
  ])('%s is refused by its shape', (key, problem) => {
    const error = failure(() => requireProviderKey('work', { kind: 'anthropic', api_key: key }));
    expect(error.message).toBe(`The key of work (Anthropic) ${problem}.`);
  });

  it('may be one of a gateway, and is looked for in its usual variable', () => {
    expect(() => requireProviderKey('work', { kind: 'anthropic', api_key: 'sk-1234' })).not.toThrow();
    expect(failure(() => requireProviderKey('work', { kind: 'anthropic' })).hint).toContain('ANTHROPIC_API_KEY');
  });
});
