import { describe, expect, it, onTestFinished, test } from 'vitest';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { streamed } from '../model-on-fake.ts';
import { startWebServer } from '../web-server.ts';
import { connectWork, refusal } from './connect-support.ts';

/** A server that lists these models and answers chats in turn with what is given. */
async function service(ids: readonly string[], ...answers: { status?: number; body: string; headers?: Record<string, string> }[]) {
  const seen: { url: string; body: Record<string, unknown>; headers: Record<string, unknown> }[] = [];
  const server = await startWebServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString();
      seen.push({
        url: request.url ?? '',
        body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
        headers: request.headers,
      });
      if (request.url === '/v1/models' && ids.length > 0) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ object: 'list', data: ids.map((id) => ({ id, object: 'model', owned_by: 'system' })) }));
        return;
      }
      const { status = 200, body, headers = {} } = answers.shift() ?? { status: 500, body: '{}' };
      response.writeHead(status, { 'content-type': status === 200 ? 'text/event-stream' : 'application/json', ...headers });
      response.end(body);
    });
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { address: server.address, seen };
}

const stream = (...chunks: object[]) => [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'].join('');
const said = stream(
  { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }], usage: null },
  { choices: [{ index: 0, delta: { content: 'Hello.' }, finish_reason: null }], usage: null },
  { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: null },
  {
    choices: [],
    usage: {
      prompt_tokens: 1200,
      completion_tokens: 30,
      prompt_tokens_details: { cached_tokens: 1024 },
      completion_tokens_details: { reasoning_tokens: 20 },
    },
  },
);
const refusing = (message: string, code: string | null, param: string | null = null) =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param, code } });

describe('the provider openai', () => {
  it('asks for the list of models and nothing else, then chats with its key', async () => {
    await using server = await startFakeLlamaServer({ reply: () => 'Hello.' });
    const connection = await connectWork('openai', { address: server.address });
    expect(connection.server).toMatchObject({ dialect: 'openai', models: ['fake-model'], capabilities: { countsTokens: false } });
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
    const { text, end } = await streamed(connection.model());
    expect([text, end?.finishReason]).toEqual(['Hello.', 'stop']);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer key-of-work');
    // What only a llama-server knows is not sent.
    expect(Object.keys(server.requests[0]?.body ?? {}).toSorted()).toEqual(['messages', 'model', 'stream', 'stream_options']);
  });

  it('tells usage with what came from the cache and what was thinking', async () => {
    const { address } = await service(['gpt-large'], { body: said });
    const { end } = await streamed((await connectWork('openai', { address, model: 'gpt-large' })).model());
    expect(end?.usage).toMatchObject({ promptTokens: 1200, cachedTokens: 1024, readTokens: 176, replyTokens: 30, reasoningTokens: 20 });
  });

  it('sends max_completion_tokens and no temperature where a model refuses the usual, and says so once', async () => {
    const { address, seen } = await service(
      ['gpt-large'],
      {
        status: 400,
        body: refusing(
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          'unsupported_parameter',
          'max_tokens',
        ),
      },
      {
        status: 400,
        body: refusing(
          "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
          'unsupported_value',
          'temperature',
        ),
      },
      { body: said },
      { body: said },
    );
    const notices: string[] = [];
    const model = (await connectWork('openai', { address, model: 'gpt-large', onNotice: (text) => notices.push(text) })).model();
    const request = { maxTokens: 50, sampling: { temperature: 0.2 } };
    expect([(await streamed(model, request)).text, (await streamed(model, request)).text]).toEqual(['Hello.', 'Hello.']);
    const chats = seen.filter(({ url }) => url === '/v1/chat/completions').map(({ body }) => body);
    expect(chats.map((body) => [body['max_tokens'], body['max_completion_tokens'], body['temperature']])).toEqual([
      [50, undefined, 0.2],
      [undefined, 50, 0.2],
      [undefined, 50, undefined],
      [undefined, 50, undefined],
    ]);
    expect(notices).toHaveLength(2);
    expect(notices[0]).toMatch(/^The provider work \(OpenAI at http:.*\) does not take "max_tokens"/);
  });

  it('asks again when requests or tokens are there again, by the header that says it', async () => {
    const headers = {
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '1m30.5s',
    };
    const { address } = await service(['m'], { status: 429, body: refusing('Rate limit reached.', 'rate_limit_exceeded'), headers });
    const { error } = await streamed((await connectWork('openai', { address })).model());
    expect(error).toMatchObject({ kind: 'transient', retryAfter: 90_500 });
  });

  it('ends at once, with what to do, when the quota is used up in mid-run', async () => {
    const { address } = await service(['m'], {
      status: 429,
      body: JSON.stringify({
        error: {
          message: 'You exceeded your current quota, please check your plan and billing details.',
          type: 'insufficient_quota',
          code: 'insufficient_quota',
        },
      }),
      headers: { 'retry-after': '1' },
    });
    const { error } = await streamed((await connectWork('openai', { address })).model());
    expect(error).toMatchObject({ kind: 'refused', code: 'provider.quota', hint: expect.stringContaining('multiagent resume') });
    expect((error as Error).message).toMatch(/^The provider work .* says that its quota is used up \(HTTP 429\): You exceeded/);
  });

  it('asks for a model by name where there are several, and tells the nearest one it has', async () => {
    const { address } = await service(['gpt-large', 'gpt-small', 'text-embedding-3-small']);
    const { code, text } = await refusal(connectWork('openai', { address }));
    expect(code).toBe('provider.no_model');
    expect(text).toContain('and it has 2: gpt-large, gpt-small.');
    expect(text).toContain('--model work/<name>');
    const notices: string[] = [];
    const asked = await connectWork('openai', { address, model: 'gpt-smal', onNotice: (notice) => notices.push(notice) });
    expect(asked.defaultModel).toBe('gpt-smal');
    expect(notices).toEqual([expect.stringContaining('does not list a model "gpt-smal"; did you mean gpt-small?')]);
  });

  test.each([403, 404, 405])('takes a model that is named where the list is answered with %i', async (status) => {
    const { address } = await service([], { status, body: refusing('You have insufficient permissions.', null) }, { body: said });
    const connection = await connectWork('openai', { address, model: 'gpt-large' });
    expect((await streamed(connection.model())).text).toBe('Hello.');
  });

  it('is reached at one address', async () => {
    const servers = [
      { address: 'http://127.0.0.1:1/v1', weight: 1 },
      { address: 'http://127.0.0.1:2/v1', weight: 1 },
    ];
    const { code, text } = await refusal(connectWork('openai', { servers }));
    expect(code).toBe('provider.several_addresses');
    expect(text).toContain('The provider work (OpenAI) has 2 addresses');
  });

  it('leaves this machine only where a person allows it', async () => {
    expect((await refusal(connectWork('openai', { address: 'https://api.openai.com/v1', model: 'm' }))).code).toBe('server.remote_refused');
  });
});
