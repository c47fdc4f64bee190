import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../support/fake-llama-server/fault.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { modelOn, question } from '../model-on-fake.ts';
import { write } from '../reply-on-fake.ts';

const text = 'One two three four five six seven eight nine ten.';
const always = (fault: Fault) => [{ when: () => true, fault }];

describe('a reply whose stream breaks', () => {
  it.each(['echoed', 'continued'] as const)('goes on from the text that arrived, byte for byte (prefill %s)', async (prefill) => {
    await using server = await startFakeLlamaServer({ reply: () => text, prefill });
    server.setFault(0, { kind: 'break', afterChunks: 4 });
    server.setFault(1, { kind: 'error_event', afterChunks: 3, message: 'Compute error.' });
    const { reply, text: seen, updates } = await write({ model: modelOn(server) });
    expect(reply).toMatchObject({ text, finishReason: 'stop' });
    expect(seen).toBe(text);
    const arrived = server.requests.map(({ replyText }) => replyText);
    expect(arrived.join('')).toBe(text);
    expect(server.requests.map(({ messages }) => messages.at(-1))).toEqual([
      { role: 'user', content: 'Count.' },
      { role: 'assistant', content: arrived[0] },
      { role: 'assistant', content: (arrived[0] ?? '') + (arrived[1] ?? '') },
    ]);
    const calls = updates.filter(({ type }) => type === 'call_started' || type === 'call_ended');
    expect(calls).toMatchObject([
      { type: 'call_started', call: 1, continues: 0 },
      { type: 'call_ended', call: 1, finishReason: 'error', error: { code: 'server.lost' } },
      { type: 'call_started', call: 2, continues: arrived[0]?.length },
      { type: 'call_ended', call: 2, finishReason: 'error', error: { code: 'server.lost' } },
      { type: 'call_started', call: 3 },
      { type: 'call_ended', call: 3, finishReason: 'stop' },
    ]);
  });

  it('is the same wherever it breaks: what onUpdate saw is the reply', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 20 }), { maxLength: 3 }), fc.nat({ max: 10 }), async (breaks, savedLength) => {
        server.clearFaults();
        const first = server.requests.length;
        for (const [index, afterChunks] of breaks.entries()) server.setFault(first + index, { kind: 'break', afterChunks });
        const saved = text.slice(0, savedLength);
        const { reply, text: seen } = await write({ model: modelOn(server), saved, retries: 3 });
        expect(reply?.text).toBe(text);
        expect(saved + seen).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('goes on from a beginning that was saved earlier, and never begins again', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    const { reply, text: seen } = await write({ model: modelOn(server), saved: 'One two th' });
    expect(reply?.text).toBe(text);
    expect(seen).toBe('ree four five six seven eight nine ten.');
    expect(server.requests[0]?.messages.at(-1)).toEqual({ role: 'assistant', content: 'One two th' });
  });

  it('adds up what all calls cost, as far as it is known', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    const { reply } = await write({ model: modelOn(server), plannedCap: 10 });
    const sum = server.requests.reduce((total, { replyTokens }) => total + replyTokens, 0);
    expect(reply?.usage.replyTokens).toBe(sum);
    expect(server.requests.length).toBeGreaterThan(1);
  });
});

describe('retries', () => {
  it.each([0, 1, 3])('are made %i times after transient errors, then the error is thrown', async (retries) => {
    await using server = await startFakeLlamaServer({ faults: always({ kind: 'refuse' }) });
    const { error } = await write({ model: modelOn(server), retries });
    expect(error).toMatchObject({ kind: 'transient', code: 'server.lost' });
    expect(server.requests).toHaveLength(1 + retries);
  });

  it.each([
    ['a refused key', { kind: 'status', status: 401 }, 'server.unauthorized'],
    ['a bad request', { kind: 'status', status: 400 }, 'model.bad_request'],
    ['a context that is full', { kind: 'error_event', afterChunks: 0 }, 'model.overflow'],
    ['a page', { kind: 'wrong_content_type', contentType: 'text/html' }, 'server.not_streaming'],
  ] as [string, Fault, string][])('are not made after %s', async (_, fault, code) => {
    await using server = await startFakeLlamaServer({ faults: always(fault) });
    const { error } = await write({ model: modelOn(server), retries: 3 });
    expect(error).toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  it('are not made for an error of the one who listens', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    const failure = new Error('disk full');
    const { error } = await write({
      model: modelOn(server),
      onUpdate: (update) => {
        if (update.type === 'text') throw failure;
      },
    });
    expect(error).toBe(failure);
    expect(server.requests).toHaveLength(1);
  });

  it('wait as long as the server asks, by the injected clock, and not once they are used up', async () => {
    await using server = await startFakeLlamaServer({ faults: always({ kind: 'status', status: 429, retryAfter: 7 }) });
    const { error, slept } = await write({ model: modelOn(server), retries: 2 });
    expect(error).toMatchObject({ retryAfter: 7000 });
    expect(slept).toEqual([7000, 7000]);
  });

  it('end with the reason of an abort', async () => {
    const reason = new Error('enough');
    await using server = await startFakeLlamaServer({ faults: always({ kind: 'refuse' }) });
    const controller = new AbortController();
    const { error } = await write({
      model: modelOn(server),
      retries: 9,
      signal: controller.signal,
      onUpdate: (update) => {
        if (update.type === 'call_ended') controller.abort(reason);
      },
    });
    expect(error).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a planned cap', () => {
  it('is no end: the reply goes on after it', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    const { reply, text: seen } = await write({ model: modelOn(server), plannedCap: 8 });
    expect(reply).toMatchObject({ text, finishReason: 'stop' });
    expect(seen).toBe(text);
    for (const { body } of server.requests) expect(body).toMatchObject({ max_tokens: 8 });
  });

  it('is gone beyond three times, and then the reply says that it has no end', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    const { reply } = await write({ model: modelOn(server), plannedCap: 2 });
    expect(server.requests).toHaveLength(4);
    expect(reply?.finishReason).toBe('unfinished');
    expect(text.startsWith(reply?.text ?? '?')).toBe(true);
  });

  it.each([
    ['text', { text: '', finishReason: 'length' }],
    ['text but thoughts', { text: 'Yes.', reasoning: 'Hm. '.repeat(50) }],
  ])('is not gone beyond where a call brought no %s', async (_, scripted) => {
    await using server = await startFakeLlamaServer({ reply: () => scripted });
    const { reply } = await write({ model: modelOn(server), plannedCap: 8 });
    expect(server.requests).toHaveLength(1);
    expect(reply).toMatchObject({ text: '', finishReason: 'unfinished' });
  });
});

describe('a reply that says the same over and over', () => {
  it('is not continued, and says so with what has arrived', async () => {
    await using server = await startFakeLlamaServer({ reply: () => `A plan. ${'and then '.repeat(2000)}` });
    const { reply } = await write({ model: modelOn(server), plannedCap: 1000 });
    expect(server.requests).toHaveLength(1);
    expect(reply?.finishReason).toBe('repetition');
    expect(reply?.text).toMatch(/^A plan\. (and then ){200,}/);
  });

  it('is whole where the model has found an end to it', async () => {
    const text = `${'-'.repeat(2000)}\n`;
    await using server = await startFakeLlamaServer({ reply: () => text });
    const { reply } = await write({ model: modelOn(server), plannedCap: 9000 });
    expect(reply).toMatchObject({ text, finishReason: 'stop' });
  });
});

describe('a final cap', () => {
  const tokensSent = (requests: readonly { body: Readonly<Record<string, unknown>> }[]) => requests.map(({ body }) => body['max_tokens']);

  it('ends the reply as cut', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    const { reply } = await write({ model: modelOn(server), finalCap: 8, plannedCap: 20 });
    expect(reply?.finishReason).toBe('length');
    expect(tokensSent(server.requests)).toEqual([8]);
  });

  it('counts over planned caps, broken streams and all calls', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text, faults: [{ when: 0, fault: { kind: 'break', afterChunks: 3 } }] });
    const { reply } = await write({ model: modelOn(server), finalCap: 10, plannedCap: 5 });
    expect(tokensSent(server.requests)).toEqual([5, 5, 2]);
    expect(reply?.finishReason).toBe('length');
  });

  it('holds where the server does not count tokens', async () => {
    await using server = await startFakeLlamaServer({
      reply: () => ({ text, tokensPerChunk: 4 }),
      faults: always({ kind: 'no_usage' }),
    });
    const { reply } = await write({ model: modelOn(server), finalCap: 8 });
    expect(reply?.finishReason).toBe('length');
    expect(server.requests).toHaveLength(1);
  });

  it('counts what was saved earlier', async () => {
    await using server = await startFakeLlamaServer({ reply: () => text });
    const model = modelOn(server);
    const saved = 'One two three ';
    await write({ model, saved, finalCap: 10 });
    const savedTokens = (server.requests[0]?.promptTokens ?? 0) - ((await model.countTokens(question)) ?? 0);
    expect(tokensSent(server.requests)).toEqual([10 - savedTokens]);
    const { reply } = await write({ model, saved, finalCap: 2 });
    expect(reply).toMatchObject({ text: saved, finishReason: 'length' });
    expect(server.requests).toHaveLength(1);
  });
});
