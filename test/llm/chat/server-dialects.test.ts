import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { startWebServer } from '../web-server.ts';
import { message, modelOn, streamed } from '../model-on-fake.ts';

type Body = Record<string, unknown> & { messages: { role: string; content: string }[] };
type Answer = (response: ServerResponse, body: Body, index: number) => void;

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (delta: unknown, finish: string | null = null) => event({ choices: [{ index: 0, delta, finish_reason: finish }] });
const events =
  (...parts: string[]): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(parts.join(''));
const json =
  (status: number, body: unknown, headers = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const hello = events(chunk({ content: 'Hello' }), chunk({}, 'stop'), 'data: [DONE]\n\n');

/** A server that answers chats, and what it was asked. */
async function serving(answer: Answer) {
  const bodies: Body[] = [];
  const server = await startWebServer((request: IncomingMessage, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      const body = JSON.parse(text) as Body;
      bodies.push(body);
      answer(response, body, bodies.length - 1);
    });
  });
  const onNotice = vi.fn<(text: string) => void>();
  const model = modelOn(server, { server: { dialect: 'openai' }, onNotice, endMilliseconds: 1 });
  return { model, bodies, onNotice, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('a reply is whole', () => {
  it.each<[string, Answer]>([
    ['where the end is told without a reason', events(chunk({ content: 'Hello' }), 'data: [DONE]\n\n')],
    ['where the last chunk alone has a reason, which says nothing', events(chunk({ content: 'Hello' }), chunk({}, ''))],
    [
      'where each chunk has a reason that is none',
      events(chunk({ content: 'Hel' }, ''), chunk({ content: 'lo' }, 'null'), 'data: [DONE]\n\n'),
    ],
    [
      'where the stream is left open behind the reason',
      (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk({ content: 'Hello' }, 'stop')),
    ],
    [
      'in one piece',
      json(200, {
        choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
        usage: { completion_tokens: 1 },
      }),
    ],
    [
      'in one piece, written as a page is',
      (response) =>
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end(JSON.stringify({ choices: [{ message: { content: 'Hello' } }] }, null, 2)),
    ],
    ['as text without roles', events(event({ choices: [{ text: 'Hello', finish_reason: 'stop' }] }))],
    ['between beats that became data', events('data: : PROCESSING\n\n', chunk({ content: 'Hello' }), 'data:\n\n', chunk({}, 'eos'))],
    ['of another type', (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(chunk({ content: 'Hello' }, 'stop'))],
  ])('%s', async (_, answer) => {
    await using server = await serving(answer);
    const { text, end, error } = await streamed(server.model);
    expect([text, end?.finishReason, error]).toEqual(['Hello', 'stop', undefined]);
  });

  it('only where its end has arrived: a reason that says nothing in every chunk is none', async () => {
    await using server = await serving(events(chunk({ content: 'Hel' }, ''), chunk({ content: 'lo' }, '')));
    expect((await streamed(server.model)).error).toMatchObject({ kind: 'transient' });
  });

  it('with numbers only where they are numbers of tokens', async () => {
    await using server = await serving(
      events(
        chunk({ content: 'Hello' }, 'stop'),
        event({
          choices: [],
          usage: { prompt_tokens: 1e308, completion_tokens: -1, prompt_tokens_details: { cached_tokens: '7' } },
          prompt_progress: { total: -1, processed: 1 },
        }),
      ),
    );
    const { end, parts } = await streamed(server.model);
    expect(end?.usage).toEqual({});
    expect(parts.map(({ type }) => type)).toEqual(['text', 'end']);
  });

  it('with the files that were given by calling a tool', async () => {
    const call = (said: string, more = {}) => chunk({ tool_calls: [{ index: 0, function: { arguments: said, ...more } }] });
    await using server = await serving(
      events(call('', { name: 'write_file' }), call('{"path":"a.py",'), call('"content":"x = 1\\n"}'), chunk({}, 'tool_calls')),
    );
    const { text, end } = await streamed(server.model);
    expect([text, end?.finishReason]).toEqual(['\n\n`a.py`\n```\nx = 1\n```\n', 'stop']);
  });

  it('with the files of several calls that have one number, or none', async () => {
    const call = (id: string, path: string, index?: number) => ({
      index,
      id,
      function: { name: 'write', arguments: { path, content: 'x' } },
    });
    await using server = await serving(
      events(
        chunk({ tool_calls: [call('a', 'a.py', 0)] }),
        chunk({ tool_calls: [call('b', 'b.py', 0), call('', 'c.py')] }),
        chunk({}, 'stop'),
      ),
    );
    const { text } = await streamed(server.model);
    expect([...text.matchAll(/`(\w\.py)`/g)].map(([, path]) => path)).toEqual(['a.py', 'b.py', 'c.py']);
  });
});

describe('trouble in place of a reply', () => {
  const said = 'CUDA ran out of memory';
  it.each<[string, Answer]>([
    ['an event of the kind "error"', events(event({ object: 'error', message: said, code: 500 }))],
    ['an event with an error', events(event({ error: { message: said } }))],
    ['an event with an error that is a text', events(event({ error: said }))],
    ['an event that is called "error"', events(`event: error\n${event({ message: said })}`)],
    ['an error line', events(`error: ${JSON.stringify({ message: said })}\n\n`)],
    ['words', events(`data: ${said}\n\n`)],
    ['words before the end', events(`data: ${said}\n\n`, 'data: [DONE]\n\n')],
    ['JSON in a stream', events(JSON.stringify({ error: { message: said } }))],
    ['JSON with status 200', json(200, { error: { message: said } })],
    ['what a gateway was told', json(502, { error: { message: 'Provider returned error', metadata: { raw: said } } })],
    ['the detail of a framework', json(500, { detail: said })],
    [
      'an error behind a piece of the reply',
      events(chunk({ content: 'Hel' }), event({ choices: [{ delta: {}, finish_reason: 'error' }], error: { message: said, code: 502 } })),
    ],
    ['a reply that the server gave up', events(chunk({ content: 'Hel' }), chunk({}, 'abort'))],
  ])('is told in the words of the server, and tried again: %s', async (name, answer) => {
    await using server = await serving(answer);
    const { error } = await streamed(server.model);
    expect(error).toMatchObject({ kind: 'transient', message: expect.stringContaining(name.startsWith('a reply') ? 'abort' : said) });
  });

  it.each<[string, Answer, object]>([
    [
      'the status that an event names',
      events(event({ object: 'error', message: 'No such thing', code: 400 })),
      { kind: 'configuration', code: 'model.bad_request' },
    ],
    [
      'an overflow in a stream',
      events(event({ error: { message: 'Prompt length 9 is greater than max_seq_len 8' } })),
      { kind: 'overflow', overflow: { promptTokens: 9, contextTokens: 8 } },
    ],
    ['a model that was unloaded', json(400, { error: 'Model is unloaded.' }), { kind: 'transient' }],
    ['a status that passes', json(425, {}), { kind: 'transient' }],
    ['a time to wait in milliseconds', json(429, {}, { 'retry-after-ms': '250' }), { retryAfter: 250 }],
    ['a time to wait in words', json(429, { error: { message: 'Please try again in 1.5s.' } }), { retryAfter: 1500 }],
    [
      'a key that is missing',
      json(401, {}),
      { kind: 'configuration', code: 'server.unauthorized', message: expect.stringContaining('needs a key, and none was sent') },
    ],
    [
      'a model that is not for chat',
      json(400, { error: { message: '"embedder" does not support chat' } }),
      { hint: expect.stringContaining('--model') },
    ],
    ['a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), { code: 'server.not_streaming' }],
  ])('says what to do by %s', async (_, answer, expected) => {
    await using server = await serving(answer);
    expect((await streamed(server.model)).error).toMatchObject(expected);
  });
});

describe('what a server refuses', () => {
  it('is left out from then on, and told once', async () => {
    const refuse: Answer = (response, body, index) =>
      'stream_options' in body
        ? json(422, { detail: [{ type: 'extra_forbidden', loc: ['body', 'stream_options'] }] })(response, body, index)
        : hello(response, body, index);
    await using server = await serving(refuse);
    for (let call = 0; call < 2; call += 1) expect((await streamed(server.model)).text).toBe('Hello');
    expect(server.bodies.map((body) => 'stream_options' in body)).toEqual([true, false, false]);
    expect(server.onNotice.mock.calls).toEqual([[expect.stringContaining('does not take "stream_options"')]]);
  });

  it.each([400, 500])('is its system message, with status %i: it goes before the first message of the user', async (status) => {
    const refuse: Answer = (response, body, index) =>
      body.messages[0]?.role === 'system'
        ? json(status, { error: { message: 'System role not supported' } })(response, body, index)
        : hello(response, body, index);
    await using server = await serving(refuse);
    expect((await streamed(server.model)).text).toBe('Hello');
    expect(server.bodies[1]?.messages).toEqual([{ role: 'user', content: 'You are a team.\n\nCount.' }]);
  });

  it('is the name of a field: it gets the other name', async () => {
    const refuse: Answer = (response, body, index) =>
      'max_tokens' in body
        ? json(400, { error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead." } })(
            response,
            body,
            index,
          )
        : hello(response, body, index);
    await using server = await serving(refuse);
    expect((await streamed(server.model, { maxTokens: 9 })).text).toBe('Hello');
    expect(server.bodies[1]).toMatchObject({ max_completion_tokens: 9 });
  });

  it('is not asked for without an end', async () => {
    await using server = await serving(
      json(400, { error: { message: "Unknown parameter: 'stream_options'. System role not supported." } }),
    );
    expect((await streamed(server.model)).error).toMatchObject({ code: 'model.bad_request' });
    expect(server.bodies).toHaveLength(3);
  });
});

describe('a reply without text', () => {
  it('is never posted, and the messages around it become one', async () => {
    await using server = await serving(hello);
    const reasoned = { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm.' }] } as const;
    await streamed(server.model, {
      messages: [
        message('user', 'One'),
        message('assistant', ''),
        message('user', 'Two'),
        { ...reasoned, content: [...reasoned.content] },
        message('user', 'Three'),
      ],
    });
    expect(server.bodies[0]?.messages).toEqual([{ role: 'user', content: 'One\n\nTwo\n\nThree' }]);
  });
});
