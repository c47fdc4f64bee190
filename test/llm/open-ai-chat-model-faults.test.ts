import { describe, expect, it } from 'vitest';
import type { Fault } from '../support/fake-llama-server/fault.ts';
import { startFakeLlamaServer, type FakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { heldTime } from '../support/held-time.ts';
import { ModelError } from '../../src/llm/model-error.ts';
import { modelOn, streamed, type Streamed } from './model-on-fake.ts';

const reply = 'One two three four.';
const transient = { kind: 'transient', code: 'server.lost' };
const overflow = { kind: 'overflow', code: 'model.overflow' };
const refused = { kind: 'configuration', code: 'model.bad_request' };

async function meet(...faults: Fault[]): Promise<Streamed> {
  await using server = await startFakeLlamaServer({ reply: () => reply, faults: faults.map((fault) => ({ when: 0, fault })) });
  return await streamed(modelOn(server));
}

describe('a fault becomes the error that says what to do', () => {
  it.each<[string, Fault, Record<string, unknown>]>([
    ['a connection that is reset', { kind: 'refuse' }, transient],
    ['a reset in the headers', { kind: 'reset_in_headers' }, transient],
    ['a stream that breaks', { kind: 'break', afterChunks: 2 }, transient],
    ['a stream that breaks before its last chunk', { kind: 'break', afterChunks: 99 }, transient],
    ['half a chunk', { kind: 'half_chunk', afterChunks: 2 }, transient],
    ['a body that ends too early by its declared length', { kind: 'wrong_content_length', difference: -1000 }, transient],
    ['an error in the stream', { kind: 'error_event', afterChunks: 1, message: 'Compute error.' }, transient],
    ['a bad request told in the stream', { kind: 'error_event', afterChunks: 1, status: 400, message: 'No.' }, refused],
    ['the shared context being full', { kind: 'error_event', afterChunks: 1 }, overflow],
    [
      'the shared context being full at once',
      { kind: 'status', status: 500, body: '{"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}}' },
      overflow,
    ],
    [
      'a template that refuses with 500',
      {
        kind: 'status',
        status: 500,
        body: '{"error":{"code":500,"message":"Jinja Exception: Value is not callable: null","type":"server_error"}}',
      },
      refused,
    ],
    [
      'a page in place of a stream',
      { kind: 'wrong_content_type', contentType: 'text/html' },
      { kind: 'configuration', code: 'server.not_streaming' },
    ],
    ['400', { kind: 'status', status: 400 }, refused],
    ['401', { kind: 'status', status: 401 }, { kind: 'configuration', code: 'server.unauthorized' }],
    ['403', { kind: 'status', status: 403 }, { kind: 'configuration', code: 'server.unauthorized' }],
    ['404', { kind: 'status', status: 404 }, { kind: 'configuration', code: 'model.not_found' }],
    ['429', { kind: 'status', status: 429 }, { ...transient, retryAfter: undefined }],
    ['429 with a time to wait', { kind: 'status', status: 429, retryAfter: 7 }, { ...transient, retryAfter: 7000 }],
    [
      '429 with a time that has passed',
      { kind: 'status', status: 429, retryAfter: 'Thu, 01 Jan 1970 00:00:00 GMT' },
      { ...transient, retryAfter: 0 },
    ],
    ['429 with a day to wait', { kind: 'status', status: 429, retryAfter: 86_400 }, { ...transient, retryAfter: 3_600_000 }],
    ['429 with nonsense', { kind: 'status', status: 429, retryAfter: 'soon' }, { ...transient, retryAfter: undefined }],
    ['500', { kind: 'status', status: 500 }, transient],
    ['502 with a page', { kind: 'status', status: 502, body: '<html>Bad gateway</html>', contentType: 'text/html' }, transient],
    ['503 while a model is loaded', { kind: 'status', status: 503 }, transient],
  ])('%s', async (_, fault, expected) => {
    const { error, end } = await meet(fault);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject(expected);
    expect(error).toMatchObject({ message: expect.stringMatching(/\.$|\)$|: .+/), hint: expect.any(String) });
    expect(end).toBeUndefined();
  });

  it('refused connection', async () => {
    const server = await startFakeLlamaServer();
    await server.close();
    const { error } = await streamed(modelOn(server));
    expect(error).toMatchObject({ ...transient, message: expect.stringContaining('(nothing listens there)') });
  });

  it('a prompt that does not fit, with both numbers', async () => {
    await using server = await startFakeLlamaServer({ contextTokens: 10 });
    const { error } = await streamed(modelOn(server));
    const promptTokens = server.requests[0]?.promptTokens;
    expect(error).toMatchObject({ ...overflow, overflow: { promptTokens, contextTokens: 10 } });
  });

  it('two requests that outgrow the context they share', async () => {
    await using server = await startFakeLlamaServer({
      contextTokens: 100,
      slots: 2,
      pool: 'unified',
      reply: () => 'word '.repeat(100),
      pace: 'manual',
    });
    const replies = [streamed(modelOn(server)), streamed(modelOn(server))];
    await server.gate.waiting(2);
    server.gate.open();
    for (const { error } of await Promise.all(replies)) expect(error).toMatchObject(overflow);
  });

  it.each([
    ['the key that it was sent', 'local-key-of-mine', 'local-key-of-mine'],
    ["somebody else's key", 'local-key-of-mine', 'sk-somebody-0123456789'],
  ])('what a server says is told without %s', async (_, apiKey, said) => {
    const body = JSON.stringify({ error: { message: `No model is open for ${said} today.` } });
    await using server = await startFakeLlamaServer({
      reply: () => reply,
      faults: [{ when: 0, fault: { kind: 'status', status: 500, body } }],
    });
    const { error } = await streamed(modelOn(server, { apiKey }));
    const { message } = error as ModelError;
    expect(message).toContain('No model is open for [redacted] today.');
    expect(message).not.toContain(said);
  });

  it("a server's long page is cut, and its control characters are shown, not obeyed", async () => {
    const { error } = await meet({
      kind: 'status',
      status: 500,
      body: `\u001B[2J\u0007${'long '.repeat(1000)}`,
      contentType: 'text/plain',
    });
    const { message } = error as ModelError;
    expect(message).not.toMatch(/[\u001B\u0007]/);
    expect(message.length).toBeLessThan(500);
  });
});

describe('what arrived before a fault', () => {
  it.each<Fault>([
    { kind: 'break', afterChunks: 2 },
    { kind: 'half_chunk', afterChunks: 2 },
    { kind: 'error_event', afterChunks: 2 },
  ])('is handed on: $kind', async (fault) => {
    expect((await meet(fault)).text).toBe('One ');
  });

  it.each<Fault>([
    { kind: 'break', afterChunks: 0 },
    { kind: 'wrong_content_length', difference: -1000 },
  ])('is no half of an echoed beginning: $kind', async (fault) => {
    await using server = await startFakeLlamaServer({ reply: () => reply, faults: [{ when: 0, fault }] });
    const { text } = await streamed(modelOn(server), {
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Count.' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'One two ' }] },
      ],
    });
    expect('three four.'.startsWith(text)).toBe(true);
  });
});

describe('a reply is whole in spite of', () => {
  it.each<[string, Fault[], string]>([
    ['a missing [DONE]', [{ kind: 'no_done' }], reply],
    ['a missing [DONE] and usage', [{ kind: 'no_done' }, { kind: 'no_usage' }], reply],
    ['a declared length that is too long', [{ kind: 'wrong_content_length', difference: 9 }], reply],
    ['a connection that breaks after the last chunk', [{ kind: 'wrong_content_length', difference: 9 }, { kind: 'no_done' }], reply],
    ['content that is null', [{ kind: 'null_content', afterChunks: 1 }], reply],
    ['chunks cut through JSON and characters', [{ kind: 'split_bytes', size: 3 }], reply],
    // Nothing tells a chunk that was sent twice from a word that was said twice.
    ['a chunk that comes twice', [{ kind: 'duplicate_chunk', afterChunks: 0 }], `One${reply}`],
  ])('%s', async (_, faults, text) => {
    const met = await meet(...faults);
    expect(met.error).toBeUndefined();
    expect(met.text).toBe(text);
    expect(met.end?.finishReason).toBe('stop');
  });
});

describe('silence', () => {
  const silent = { kind: 'transient', code: 'server.silent' };
  const healthCalls = ({ calls }: FakeLlamaServer) => calls.filter(({ path }) => path === '/health').length;

  it.each<Fault>([{ kind: 'silence_before_headers' }, { kind: 'pings', everyMilliseconds: 1 }])(
    'before the first byte is waited for as long as health answers: $kind',
    async (fault) => {
      await using server = await startFakeLlamaServer({ reply: () => reply, faults: [{ when: 0, fault }] });
      const passTime = heldTime();
      const waiting = streamed(modelOn(server, { timeoutMilliseconds: 10 }));
      await server.silence.waiting();
      await passTime(10, () => healthCalls(server) >= 3);
      server.silence.open();
      expect(await waiting).toMatchObject({ text: reply, error: undefined });
    },
  );

  it.each<Fault>([{ kind: 'silence_before_headers' }, { kind: 'pings', everyMilliseconds: 1 }])(
    'before the first token is the end where health does not answer, and frees the slot: $kind',
    async (fault) => {
      await using server = await startFakeLlamaServer({ missingPaths: ['/health', '/models', '/props'], faults: [{ when: 0, fault }] });
      const { error } = await streamed(modelOn(server, { timeoutMilliseconds: 10 }));
      expect(error).toMatchObject(silent);
      expect(healthCalls(server)).toBe(1);
      expect((await server.waitForEnd(0)).outcome).toBe('aborted');
    },
  );

  it('after tokens is the end although health answers, and what arrived stays', async () => {
    await using server = await startFakeLlamaServer({
      reply: () => reply,
      faults: [{ when: 0, fault: { kind: 'silence', afterChunks: 2 } }],
    });
    const passTime = heldTime();
    let ended: Streamed | undefined;
    void streamed(modelOn(server, { timeoutMilliseconds: 10 })).then((all) => (ended = all));
    await passTime(10, () => ended !== undefined);
    expect(ended?.error).toMatchObject(silent);
    expect(ended?.text).toBe('One ');
    expect((await server.waitForEnd(0)).outcome).toBe('aborted');
  });

  it('of a server of another kind is looked at where its models are listed', async () => {
    await using server = await startFakeLlamaServer({ faults: [{ when: 0, fault: { kind: 'silence_before_headers' } }] });
    const passTime = heldTime();
    const waiting = streamed(modelOn(server, { timeoutMilliseconds: 10, server: { dialect: 'openai' } }));
    await passTime(10, () => server.calls.some(({ path }) => path === '/v1/models'));
    server.silence.open();
    expect((await waiting).error).toBeUndefined();
    expect(healthCalls(server)).toBe(0);
  });
});
