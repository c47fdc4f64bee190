import { afterEach, describe, expect, it, vi } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { heldTime } from '../support/held-time.ts';
import { message, modelOn, question, streamed } from './model-on-fake.ts';
import { startWebServer } from './web-server.ts';

afterEach(() => void vi.unstubAllEnvs());

describe('stream', () => {
  it('yields progress, reasoning and text as they come, and ends with the reason, usage and timings', async () => {
    await using server = await startFakeLlamaServer({ reply: () => ({ text: 'One two.', reasoning: 'Let me see.' }), batchTokens: 20 });
    const { parts, text, reasoning, end, error } = await streamed(modelOn(server));
    expect({ text, reasoning, error }).toEqual({ text: 'One two.', reasoning: 'Let me see.', error: undefined });
    const kinds = parts.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(kinds).toEqual(['prompt_progress', 'reasoning', 'text', 'end']);
    const [record] = server.requests;
    const total = record?.promptTokens;
    expect(parts.filter(({ type }) => type === 'prompt_progress').at(-1)).toEqual({
      type: 'prompt_progress',
      processed: total,
      total,
      cached: 0,
    });
    expect(end).toEqual({
      type: 'end',
      finishReason: 'stop',
      usage: {
        promptTokens: total,
        cachedTokens: 0,
        readTokens: total,
        replyTokens: record?.replyTokens,
        reasoningTokens: expect.any(Number),
        promptMilliseconds: expect.any(Number),
        replyMilliseconds: expect.any(Number),
      },
    });
  });

  it('says what the cache answered and what was read, as the server counts it', async () => {
    await using server = await startFakeLlamaServer();
    const model = modelOn(server);
    const { text } = await streamed(model);
    const { end } = await streamed(model, { messages: [...question, message('assistant', text), message('user', 'Go on.')] });
    const [first, second] = server.requests;
    expect(end?.usage).toMatchObject({
      cachedTokens: second?.cacheTokens,
      readTokens: second?.readTokens,
      promptTokens: second?.promptTokens,
    });
    expect(second?.cacheTokens).toBe((first?.promptTokens ?? 0) + (first?.replyTokens ?? 0) - 1);
  });

  it('leaves usage that the server does not tell unknown', async () => {
    await using server = await startFakeLlamaServer({ faults: [{ when: 0, fault: { kind: 'no_usage' } }] });
    const { end } = await streamed(modelOn(server));
    expect(end).toEqual({ type: 'end', finishReason: 'stop', usage: {} });
  });

  it('says length where a cap has cut the reply', async () => {
    await using server = await startFakeLlamaServer({ reply: () => 'one two three four five' });
    const { text, end } = await streamed(modelOn(server), { maxTokens: 3 });
    expect(end?.finishReason).toBe('length');
    expect('one two three four five'.startsWith(text)).toBe(true);
  });

  it('sends the cap and the sampling, and nothing that was not set', async () => {
    await using server = await startFakeLlamaServer();
    const sampling = { temperature: 0.2, topP: 0.9, minP: 0.05, seed: 7, stop: ['END'] };
    await streamed(modelOn(server), { maxTokens: 50, sampling });
    await streamed(modelOn(server, { server: { dialect: 'openai' } }));
    const base = {
      model: 'fake-model',
      messages: [
        { role: 'system', content: 'You are a team.' },
        { role: 'user', content: 'Count.' },
      ],
      stream: true,
      stream_options: { include_usage: true },
    };
    expect(server.requests.map(({ body }) => body)).toEqual([
      {
        ...base,
        max_tokens: 50,
        temperature: 0.2,
        top_p: 0.9,
        min_p: 0.05,
        seed: 7,
        stop: ['END'],
        return_progress: true,
        cache_prompt: true,
      },
      base,
    ]);
  });

  it('sends text back to the model byte for byte, and reasoning beside it', async () => {
    await using server = await startFakeLlamaServer();
    const said = '  Line one\r\n\ttwo – 工作 \n';
    await streamed(modelOn(server), {
      messages: [
        ...question,
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hidden.' },
            { type: 'text', text: said },
          ],
        },
        message('user', 'Go on.'),
      ],
    });
    const sent = (server.requests[0]?.body['messages'] ?? []) as unknown[];
    expect(sent[2]).toEqual({
      role: 'assistant',
      content: said,
      reasoning_content: 'Hidden.',
    });
  });

  it.each(['echoed', 'continued'] as const)('yields only what is new of a reply whose beginning is %s', async (prefill) => {
    await using server = await startFakeLlamaServer({ reply: () => 'One two three.', prefill });
    const { text } = await streamed(modelOn(server), { messages: [...question, message('assistant', 'One t')] });
    expect(text).toBe('wo three.');
  });
});

describe('what is sent', () => {
  it('takes nothing from OPENAI_ variables of the environment', async () => {
    for (const name of ['ORG_ID', 'PROJECT_ID', 'API_KEY', 'ADMIN_KEY', 'WEBHOOK_SECRET']) vi.stubEnv(`OPENAI_${name}`, 'from-environment');
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/from-environment');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Custom: from-environment\nAuthorization: Bearer from-environment');
    await using server = await startFakeLlamaServer();
    const model = modelOn(server);
    expect((await streamed(model)).error).toBeUndefined();
    await model.countTokens(question);
    expect(server.calls).toHaveLength(2);
    for (const { headers } of server.calls) {
      expect(JSON.stringify(headers)).not.toMatch(/from-environment|openai|authorization/i);
      expect(headers['content-type']).toBe('application/json');
    }
  });

  it('carries the key where there is one, also when health is asked', async () => {
    await using server = await startFakeLlamaServer({ faults: [{ when: 0, fault: { kind: 'silence_before_headers' } }] });
    const passTime = heldTime();
    const reply = streamed(modelOn(server, { apiKey: 'sk-1', timeoutMilliseconds: 10 }));
    await passTime(10, () => server.calls.some(({ path }) => path === '/health'));
    server.silence.open();
    expect((await reply).error).toBeUndefined();
    expect(new Set(server.calls.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer sk-1']));
  });

  it('never goes where a redirect points to', async () => {
    await using target = await startFakeLlamaServer();
    await using redirecting = await startWebServer((_, response) => {
      response.writeHead(307, { location: `${target.address}/chat/completions` }).end();
    });
    const { error } = await streamed(modelOn(redirecting));
    expect(error).toMatchObject({ kind: 'configuration', code: 'server.redirected' });
    expect(target.calls).toEqual([]);
  });
});

describe('an abort', () => {
  const reason = new Error('The person pressed Ctrl-C.');

  it('frees the slot and ends the stream with its reason', async () => {
    await using server = await startFakeLlamaServer({ pace: 'manual' });
    const controller = new AbortController();
    const reply = streamed(modelOn(server), { signal: controller.signal });
    await server.gate.waiting();
    controller.abort(reason);
    expect((await reply).error).toBe(reason);
    expect((await server.waitForEnd(0)).outcome).toBe('aborted');
    server.gate.open();
    expect((await streamed(modelOn(server))).text).toBe('Done.');
  });

  it('before the call sends nothing', async () => {
    await using server = await startFakeLlamaServer();
    const { error } = await streamed(modelOn(server), { signal: AbortSignal.abort(reason) });
    expect(error).toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it('is not needed by who stops reading: the slot is free then, too', async () => {
    await using server = await startFakeLlamaServer({ pace: 'manual', reply: () => 'one two three' });
    server.gate.release();
    for await (const part of modelOn(server).stream({ messages: question })) if (part.type === 'text') break;
    expect((await server.waitForEnd(0)).outcome).toBe('aborted');
  });

  it('ends the counting of tokens with its reason', async () => {
    await using server = await startFakeLlamaServer();
    await expect(modelOn(server).countTokens(question, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('countTokens', () => {
  it('is the number of tokens that the server then reads', async () => {
    await using server = await startFakeLlamaServer();
    const model = modelOn(server);
    const count = await model.countTokens(question);
    await streamed(model);
    expect(count).toBe(server.requests[0]?.promptTokens);
  });

  it('is exact on an older server, too, which renders and tokenises in two steps', async () => {
    await using server = await startFakeLlamaServer({ missingPaths: ['/chat/completions/input_tokens'] });
    const model = modelOn(server);
    const counts = [await model.countTokens(question), await model.countTokens(question)];
    await streamed(model);
    expect(counts).toEqual([server.requests[0]?.promptTokens, server.requests[0]?.promptTokens]);
    expect(server.calls.filter(({ path }) => path.endsWith('input_tokens'))).toHaveLength(1);
  });

  it.each([[[]], [['/chat/completions/input_tokens']]])(
    'counts what the template makes of its options (missing: %j)',
    async (missingPaths) => {
      await using server = await startFakeLlamaServer({ missingPaths });
      await modelOn(server).countTokens(question, { chatTemplateKwargs: { enable_thinking: false } });
      const counts = server.calls.filter(
        ({ path }) => /input_tokens|apply-template/.test(path) && !missingPaths.includes(path.replace('/v1', '')),
      );
      expect(counts.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
        expect.objectContaining({ chat_template_kwargs: { enable_thinking: false } }),
      ]);
    },
  );

  it('is unknown where the server cannot count, and asks none that is known not to', async () => {
    await using server = await startFakeLlamaServer({ countsTokens: 'no' });
    const asking = modelOn(server);
    expect(await asking.countTokens(question)).toBeUndefined();
    expect(await asking.countTokens(question)).toBeUndefined();
    expect(server.calls.map(({ path }) => path)).toEqual(['/v1/chat/completions/input_tokens', '/apply-template', '/tokenize']);
    const model = modelOn(server, { server: { capabilities: { countsTokens: false, continuesReplies: true } } });
    expect(await model.countTokens(question)).toBeUndefined();
    expect(server.calls).toHaveLength(3);
  });

  it('is unknown where nobody answers: the call that follows will say so', async () => {
    const server = await startFakeLlamaServer();
    await server.close();
    expect(await modelOn(server).countTokens(question)).toBeUndefined();
  });

  it('does not wait for a server that has gone silent', async () => {
    await using silent = await startWebServer(() => undefined);
    expect(await modelOn(silent, { timeoutMilliseconds: 10 }).countTokens(question)).toBeUndefined();
  });
});
