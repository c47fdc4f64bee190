import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chat, eventsOf, post, start, textOf, transcript } from './fake-llama-server/chat-client.ts';
import { countTokens, splitIntoPieces } from './fake-llama-server/tokenizer.ts';

describe('the tokenizer', () => {
  test('loses nothing: the pieces joined are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(splitIntoPieces(text).join('')).toBe(text);
      }),
    );
  });
});

describe('the stream', () => {
  test('begins with the role and null content, says why it ended with timings, and ends with [DONE]', async () => {
    await using server = await start();
    const body = await chat(server, transcript);
    const events = eventsOf(body);
    expect(events[0]?.choices).toEqual([{ finish_reason: null, index: 0, delta: { role: 'assistant', content: null } }]);
    expect(textOf(body)).toBe('One two three.');
    expect(events.at(-1)?.choices).toEqual([{ finish_reason: 'stop', index: 0, delta: {} }]);
    expect(events.at(-1)?.timings).toMatchObject({ cache_n: 0, predicted_n: 7 });
    expect(body.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  test('brings usage in a last chunk with empty choices when it is asked for', async () => {
    await using server = await start();
    const last = eventsOf(await chat(server, transcript, { stream_options: { include_usage: true } })).at(-1);
    const tokens = server.requests[0]?.promptTokens;
    expect(last?.choices).toEqual([]);
    expect(last?.usage).toEqual({
      completion_tokens: 7,
      prompt_tokens: tokens,
      total_tokens: (tokens ?? 0) + 7,
      prompt_tokens_details: { cached_tokens: 0 },
    });
    expect(last?.timings?.prompt_n).toBe(tokens);
  });

  test('reports prompt progress at each batch when it is asked for', async () => {
    await using server = await start({ batchTokens: 20 });
    const events = eventsOf(await chat(server, transcript, { return_progress: true }));
    const progress = events.map((event) => event.prompt_progress).filter((entry) => entry !== undefined);
    const total = server.requests[0]?.promptTokens ?? 0;
    expect(progress.map(({ processed }) => processed)).toEqual([0, 20, 40, total]);
    expect(progress.every((entry) => entry.total === total && entry.cache === 0)).toBe(true);
  });

  test('carries reasoning beside the content', async () => {
    await using server = await start({ reply: () => ({ text: 'Yes.', reasoning: 'Let me see.' }) });
    const events = eventsOf(await chat(server, transcript));
    expect(events.map((event) => event.choices?.[0]?.delta.reasoning_content ?? '').join('')).toBe('Let me see.');
  });

  test('sends scripted chunks as they are', async () => {
    await using server = await start({ reply: () => ({ chunks: ['One t', 'wo', ' three.'] }) });
    const deltas = eventsOf(await chat(server, transcript)).map((event) => event.choices?.[0]?.delta.content);
    expect(deltas.filter((delta) => typeof delta === 'string')).toEqual(['One t', 'wo', ' three.']);
  });

  test('is one JSON answer where no stream is asked for', async () => {
    await using server = await start();
    const answer = (await (await post(server, '/v1/chat/completions', { messages: transcript })).json()) as Record<string, unknown>;
    expect(answer).toMatchObject({
      object: 'chat.completion',
      choices: [{ finish_reason: 'stop', index: 0, message: { role: 'assistant', content: 'One two three.' } }],
      usage: { completion_tokens: 7 },
    });
  });
});

describe('a reply that is continued', () => {
  const continued = [...transcript, { role: 'assistant', content: 'One two' }];

  test.each([
    { prefill: 'echoed', text: 'One two three.', first: 'One two ' },
    { prefill: 'continued', text: ' three.', first: ' ' },
  ] as const)('$prefill: starts with "$first"', async ({ prefill, text, first }) => {
    await using server = await start({ prefill });
    const body = await chat(server, continued);
    expect(eventsOf(body)[1]?.choices?.[0]?.delta.content).toBe(first);
    expect(textOf(body)).toBe(text);
  });

  test('refused: is a 400', async () => {
    await using server = await start({ prefill: 'refused' });
    expect((await post(server, '/v1/chat/completions', { messages: continued })).status).toBe(400);
  });

  test('after its natural end yields one empty token', async () => {
    await using server = await start();
    const body = await chat(server, [...transcript, { role: 'assistant', content: 'One two three.' }]);
    expect(textOf(body)).toBe('One two three.');
    expect(server.requests[0]).toMatchObject({ replyTokens: 1, replyText: '', finishReason: 'stop' });
  });

  test('costs one token of reading after a cut', async () => {
    await using server = await start();
    expect(textOf(await chat(server, transcript, { max_tokens: 3 }))).toBe('One two');
    await chat(server, continued);
    expect(server.requests.map(({ finishReason, readTokens }) => [finishReason, readTokens])).toEqual([
      ['length', server.requests[0]?.promptTokens],
      ['stop', 1],
    ]);
  });
});

describe('the server', () => {
  test('tells the context of a slot, which is not the training length', async () => {
    await using server = await start({ slots: 2, contextTokens: 8192 });
    const get = async (path: string) => (await (await fetch(server.origin + path)).json()) as Record<string, unknown>;
    expect(await get('/health')).toEqual({ status: 'ok' });
    expect(await get('/props')).toMatchObject({ default_generation_settings: { n_ctx: 4096 }, total_slots: 2 });
    expect(await get('/slots')).toMatchObject([{ id: 0, n_ctx: 4096, is_processing: false }, { id: 1 }]);
    expect(await get('/v1/models')).toMatchObject({ data: [{ id: 'fake-model', meta: { n_ctx: 4096, n_ctx_train: 131_072 } }] });
  });

  test('counts what it will read', async () => {
    await using server = await start();
    const count = await (await post(server, '/v1/chat/completions/input_tokens', { messages: transcript })).json();
    const { prompt } = (await (await post(server, '/apply-template', { messages: transcript })).json()) as { prompt: string };
    const { tokens } = (await (await post(server, '/tokenize', { content: prompt })).json()) as { tokens: number[] };
    await chat(server, transcript);
    const expected = server.requests[0]?.promptTokens;
    expect([count, tokens.length, countTokens(prompt)]).toEqual([
      { input_tokens: expected, object: 'response.input_tokens' },
      expected,
      expected,
    ]);
  });

  test('can lack what other servers lack', async () => {
    await using server = await start({ countsTokens: 'no', missingPaths: ['/props'] });
    const statuses = await Promise.all(
      ['/tokenize', '/v1/chat/completions/input_tokens'].map(async (path) => (await post(server, path, {})).status),
    );
    expect([...statuses, (await fetch(`${server.origin}/props`)).status]).toEqual([404, 404, 404]);
  });

  test('answers 503 while it loads', async () => {
    await using server = await start({ state: 'loading' });
    const loading = await fetch(`${server.origin}/health`);
    expect([loading.status, await loading.json()]).toEqual([
      503,
      { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    ]);
    server.setLoading('ready');
    expect((await fetch(`${server.origin}/health`)).status).toBe(200);
  });

  test('killed, it drops its connections; restarted, it is back on its port with empty slots', async () => {
    await using server = await start({ pace: 'manual' });
    const broken = chat(server, transcript);
    await server.gate.waiting();
    await Promise.all([expect(broken).rejects.toThrow(/terminated|fetch failed/), server.kill()]);
    expect(server.requests[0]?.outcome).toBe('killed');
    const socket = connect(server.port, '127.0.0.1');
    const [refusal] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(refusal.code).toBe('ECONNREFUSED');
    await server.restart();
    server.gate.open();
    expect(textOf(await chat(server, transcript))).toBe('One two three.');
    expect(server.requests[1]).toMatchObject({ cacheTokens: 0, newTokens: 0 });
  });
});
