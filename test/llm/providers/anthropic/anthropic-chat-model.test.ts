import { describe, expect, it, vi } from 'vitest';
import type { FakeAnthropicOptions } from '../../../support/fake-anthropic-server/start-fake-anthropic-server.ts';
import { message, question, streamed } from '../../model-on-fake.ts';
import { write } from '../../reply-on-fake.ts';
import { onFakeAnthropic } from './model-on-fake-anthropic.ts';

const format = { name: 'color', schema: { type: 'object', properties: { color: { type: 'string' } }, required: ['color'] } };

describe('a reply over the protocol of Anthropic', () => {
  it('arrives in parts, with the reason for its end and what it cost', async () => {
    const { model } = await onFakeAnthropic({ reply: () => 'One two three.' });
    const { parts, end } = await streamed(model);
    expect(parts.slice(0, -1)).toEqual([
      { type: 'text', text: 'One' },
      { type: 'text', text: ' two' },
      { type: 'text', text: ' three.' },
    ]);
    expect(end).toMatchObject({ finishReason: 'stop', usage: { replyTokens: 3, reasoningTokens: 0, cachedTokens: 0 } });
    expect(end?.usage.promptTokens).toBe(end?.usage.readTokens);
  });

  it('has its thoughts apart, and their share of the tokens', async () => {
    const { model } = await onFakeAnthropic({ reply: () => 'Yes.', thoughts: 'Is it so?' });
    expect(await streamed(model)).toMatchObject({
      text: 'Yes.',
      reasoning: 'Is it so?',
      end: { usage: { replyTokens: 1, reasoningTokens: 1 } },
    });
  });

  it('has the file that a call of a tool writes as text', async () => {
    const { model } = await onFakeAnthropic({
      reply: () => 'Here.',
      call: { name: 'write_file', input: { path: 'src/a.py', content: 'x = 1\n' } },
    });
    const { text, end } = await streamed(model);
    expect(text).toBe('Here.\n\n`src/a.py`\n```\nx = 1\n```\n');
    expect(end?.finishReason).toBe('stop');
  });

  it('is not longer than was asked for, nor is more asked for than the model allows', async () => {
    const { model, server } = await onFakeAnthropic({ reply: () => 'a b c d e f' });
    expect(await streamed(model, { maxTokens: 2 })).toMatchObject({ text: 'a b', end: { finishReason: 'length' } });
    await streamed(model, { maxTokens: 1_000_000 });
    await streamed(model);
    expect(server.requests.map(({ body }) => body.max_tokens)).toEqual([2, 64_000, 64_000]);
  });

  it('is sampled as asked, as far as the protocol knows it', async () => {
    const { model, server } = await onFakeAnthropic();
    const { error } = await streamed(model, {
      sampling: {
        temperature: 1.3,
        topP: 0.9,
        topK: 20,
        minP: 0.1,
        seed: 7,
        stop: ['END', '\n'],
        dryMultiplier: 1,
        chatTemplateKwargs: { enable_thinking: false },
      },
    });
    expect(error).toBeUndefined();
    const { model: _, max_tokens: __, stream: ___, system: ____, messages: _____, ...sampling } = server.requests[0]?.body ?? {};
    expect(sampling).toEqual({ temperature: 1, top_p: 0.9, top_k: 20, stop_sequences: ['END'] });
  });

  it.each([
    ['continued', 'refused'],
    ['echoed', 'refused'],
    ['continued', 'taken'],
    ['echoed', 'taken'],
  ] as const)('goes on where it was cut off, also inside of white space (%s, white space at the end %s)', async (prefill, whiteSpace) => {
    const whole = 'def f():\n    return 1\n\nprint(f())';
    const { model, server, notices } = await onFakeAnthropic({ reply: () => whole, prefill, whiteSpace });
    for (let at = 1; at < whole.length; at += 1) {
      const begun = whole.slice(0, at);
      const { text } = await streamed(model, { messages: [...question, message('assistant', begun)] });
      expect(begun + text).toBe(whole);
    }
    // What is refused is sent once, and nobody needs to know of it.
    expect(server.requests).toHaveLength(whole.length - (whiteSpace === 'refused' ? 0 : 1));
    expect([model.capabilities.continuesReplies, notices]).toEqual([true, []]);
  });

  it('is asked for in a turn of its own where the model continues nothing, without what it repeats', async () => {
    const begun = 'One two three four';
    const { model, server } = await onFakeAnthropic({
      prefill: 'refused',
      reply: ({ messages = [] }) => (messages.length === 1 ? 'One two three four five six.' : 'three four five six.'),
      faults: [{ when: 0, fault: { kind: 'cut', afterEvents: 7 } }],
    });
    const { reply, text } = await write({ model });
    expect([reply?.text, text]).toEqual(['One two three four five six.', 'One two three four five six.']);
    // The first, the one that was refused, and the one with the turn.
    expect(server.requests.map(({ body }) => body.messages?.at(-1)?.role)).toEqual(['user', 'assistant', 'user']);
    expect(server.requests[1]?.body.messages?.at(-1)?.content[0]?.text).toBe(begun);
    expect(model.capabilities.continuesReplies).toBe(false);
  });

  it('is asked for again without what the model refuses, which is told once', async () => {
    const refusals: [FakeAnthropicOptions['refuse'], string][] = [
      [
        (body) => (body.temperature === undefined ? undefined : '`temperature` is deprecated for this model.'),
        'does not take "temperature": it is left out',
      ],
      [
        (body) =>
          body.temperature !== undefined && body.top_p !== undefined
            ? '`temperature` and `top_p` cannot both be specified for this model.'
            : undefined,
        'does not take "top_p": it is left out',
      ],
      [
        (body) =>
          (body.max_tokens ?? 0) > 8192
            ? `max_tokens: ${body.max_tokens} > 8192, which is the maximum allowed number of output tokens for claude-fake-5`
            : undefined,
        'allows 8192 tokens for a reply: no more are asked for',
      ],
      [
        (body) => (JSON.stringify(body).includes('cache_control') ? 'system.0.cache_control: Extra inputs are not permitted' : undefined),
        'takes no marks for its cache: they are left out',
      ],
    ];
    for (const [refuse, says] of refusals) {
      const { model, server, notices } = await onFakeAnthropic({ ...(refuse && { refuse }) });
      for (const _ of [1, 2])
        expect(await streamed(model, { sampling: { temperature: 0.2, topP: 0.9 } })).toMatchObject({
          text: 'One two three.',
          error: undefined,
        });
      expect(notices).toEqual([`claude-fake-5 of the provider work (Anthropic at ${server.address}) ${says}.`]);
      expect(server.requests).toHaveLength(3);
    }
  });

  it('is refused with the words of the server where nothing can be left out', async () => {
    const { model, server } = await onFakeAnthropic({ refuse: () => 'messages.0: something is unsupported' });
    const { error } = await streamed(model);
    expect(error).toMatchObject({
      code: 'model.bad_request',
      message: expect.stringContaining('refuses the request (HTTP 400): messages.0: something is unsupported'),
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the shape of a reply', () => {
  const json = '{"color": "blue"}';
  const of = (taken: boolean | undefined): FakeAnthropicOptions => ({
    reply: () => json,
    models: [
      { type: 'model', id: 'claude-fake-5', capabilities: taken === undefined ? null : { structured_outputs: { supported: taken } } },
    ],
  });

  it('is a setting where the model is said to take it', async () => {
    const { model, server } = await onFakeAnthropic(of(true));
    expect((await streamed(model, { format })).text).toBe(json);
    expect(server.requests[0]?.body.output_config).toEqual({
      format: { type: 'json_schema', schema: { ...format.schema, additionalProperties: false } },
    });
  });

  it.each([false, undefined])('is the input of a tool elsewhere, and the reply is that input (%s)', async (taken) => {
    const { model, server } = await onFakeAnthropic(of(taken));
    expect((await streamed(model, { format })).text).toBe(json);
    expect(server.requests[0]?.body).toMatchObject({
      tools: [{ name: 'color', input_schema: format.schema }],
      tool_choice: { type: 'tool', name: 'color' },
    });
  });

  it('is asked for in the next way where one is refused, and at last only in words', async () => {
    const { model, server, notices } = await onFakeAnthropic({
      ...of(true),
      refuse: (body) =>
        'output_config' in body ? 'output_config: Extra inputs are not permitted' : 'tools' in body ? 'tools: not supported' : undefined,
    });
    expect((await streamed(model, { format })).text).toBe(json);
    expect(server.requests.map(({ body }) => ['output_config', 'tools'].filter((field) => field in body))).toEqual([
      ['output_config'],
      ['tools'],
      [],
    ]);
    expect(notices.filter((text) => text.includes('the shape of a reply'))).toHaveLength(2);
  });
});

describe('counting', () => {
  it('asks the server, which counts as it reads', async () => {
    const { model, server } = await onFakeAnthropic();
    const counted = await model.countTokens([...question]);
    const { end } = await streamed(model);
    // The marks are no part of what is read.
    expect(counted).toBe(end?.usage.promptTokens);
    expect(server.paths.filter((path) => path.endsWith('/count_tokens'))).toHaveLength(1);
  });

  it('is not asked for again where the server cannot count', async () => {
    const { model, server } = await onFakeAnthropic({ counts: 'none' });
    expect([await model.countTokens([...question]), await model.countTokens([...question])]).toEqual([undefined, undefined]);
    expect(server.paths.filter((path) => path.endsWith('/count_tokens'))).toHaveLength(1);
    expect(model.capabilities.countsTokens).toBe(false);
  });
});

describe('what was read before', () => {
  it('is read from the cache by the next call of a run, and told', async () => {
    const { model } = await onFakeAnthropic({ reply: () => 'Reply one.' });
    const input = { type: 'text' as const, text: 'The input, which is long.' };
    const first = [
      message('system', 'You are a team.'),
      { ...message('user', ''), content: [input, { type: 'text' as const, text: 'First.' }] },
    ];
    const { end: before } = await streamed(model, { messages: first });
    const { end: after } = await streamed(model, { messages: [...first, message('assistant', 'Reply one.'), message('user', 'Second.')] });
    expect([before?.usage.cachedTokens, after?.usage.cachedTokens]).toEqual([0, before?.usage.promptTokens]);
    // Another step in a layout without turns has the input in common.
    const other = [
      first[0] ?? message('system', ''),
      { ...message('user', ''), content: [input, { type: 'text' as const, text: 'Other.' }] },
    ];
    const { end: beside } = await streamed(model, { messages: other });
    expect(beside?.usage.cachedTokens).toBeGreaterThan(0);
    expect(beside?.usage.cachedTokens).toBeLessThan(before?.usage.promptTokens ?? 0);
  });
});

describe('the environment', () => {
  it('is not read by the package: no other key, address or header is sent', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', 'sk-ant-other')
      .stubEnv('ANTHROPIC_AUTH_TOKEN', 'token')
      .stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'x-spy: 1');
    try {
      const { model, server } = await onFakeAnthropic();
      expect((await streamed(model)).error).toBeUndefined();
      const { headers } = server.requests[0] ?? { headers: {} };
      expect(headers).toMatchObject({ 'x-api-key': 'sk-ant-test', 'anthropic-version': '2023-06-01', 'user-agent': 'node' });
      expect(Object.keys(headers).filter((name) => /^x-(?!api-key)|authorization/.test(name))).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
