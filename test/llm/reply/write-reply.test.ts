import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReplyPlan } from '../../../src/llm/reply/reply-plan.ts';
import type { Fault } from '../../support/fake-llama-server/fault.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { startFakeLlamaServer, type FakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
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

  it('wait twice as long each time, by the injected clock, up to a minute, and not once they are used up', async () => {
    await using server = await startFakeLlamaServer({ faults: always({ kind: 'status', status: 503 }) });
    const { slept } = await write({ model: modelOn(server), retries: 4, retryDelayMilliseconds: 10_000 });
    expect(slept).toEqual([10_000, 20_000, 40_000, 60_000]);
  });

  it('wait as long as the server asks in place of that, and no longer than an hour', async () => {
    const asks = [7, 0, 999_999].map((retryAfter, when) => ({ when, fault: { kind: 'status', status: 429, retryAfter } as const }));
    await using server = await startFakeLlamaServer({ reply: () => text, faults: asks });
    const { reply, slept } = await write({ model: modelOn(server), retries: 3, retryDelayMilliseconds: 10_000 });
    expect(slept).toEqual([7000, 0, 3_600_000]);
    expect(reply?.text).toBe(text);
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

describe('a reply that repeats itself', () => {
  const beginning = '# Examples\n\n';
  const example = (n: number) => `- **Example ${n}**: Given "x${n}", the program answers "y${n}".\n`;
  const runaway = beginning + Array.from({ length: 400 }, (_, n) => example(n + 1)).join('');
  const kept = beginning + example(1) + example(2);
  /** Runs away, and behaves once it was cut back. */
  const once = ({ prefill }: { prefill: string | undefined }) => (prefill === kept ? 'That is all.\n' : runaway);
  const samplings = (server: FakeLlamaServer) => server.requests.map(({ body }) => [body['temperature'], body['dry_multiplier']]);

  it('is broken off while it arrives, cut back to where that began, and goes on from there with other sampling', async () => {
    await using server = await startFakeLlamaServer({ reply: once });
    const { reply, updates } = await write({ model: modelOn(server), sampling: { temperature: 0.2, seed: 7 }, plannedCap: 9000 });
    expect(reply).toMatchObject({ text: `${kept}That is all.\n`, finishReason: 'stop', cuts: [{ at: kept.length, why: 'counting' }] });
    await server.waitForEnd(0);
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['aborted', 'finished']);
    expect(server.requests[0]?.replyText.length).toBeLessThan(kept.length + 30 * example(1).length);
    expect(server.requests[1]?.messages.at(-1)).toEqual({ role: 'assistant', content: kept });
    expect(samplings(server)).toEqual([
      [0.2, undefined],
      [0.7, 0.8],
    ]);
    expect(updates.filter(({ type }) => type === 'cut' || type === 'call_ended')).toMatchObject([
      { type: 'cut', call: 1, at: kept.length },
      { type: 'call_ended', call: 1, finishReason: 'repetition', usage: { promptTokens: server.requests[0]?.promptTokens } },
      { type: 'call_ended', call: 2, finishReason: 'stop' },
    ]);
  });

  it('goes on twice, warmer each time, and ends then where it began to repeat itself', async () => {
    await using server = await startFakeLlamaServer({ reply: () => runaway });
    const { reply } = await write({ model: modelOn(server), sampling: { temperature: 0.6 } });
    expect(samplings(server)).toEqual([
      [0.6, undefined],
      [0.9, 0.8],
      [1.2, 0.8],
    ]);
    expect(reply).toMatchObject({ text: kept, finishReason: 'repetition' });
    expect(reply?.cuts).toHaveLength(3);
  });

  it('is asked for the rest by a turn that says why, where the server continues nothing', async () => {
    const reply = ({ messages }: RequestRecord) => (messages.length > 2 ? 'That is all.\n' : runaway);
    await using server = await startFakeLlamaServer({ reply, prefill: 'refused' });
    const written = await write({ model: modelOn(server, { server: { capabilities: { countsTokens: true, continuesReplies: false } } }) });
    expect(written.reply?.text).toBe(`${kept}That is all.\n`);
    expect(server.requests[1]?.messages.at(-1)).toEqual({
      role: 'user',
      content: expect.stringContaining('began to repeat itself') as string,
    });
  });

  it('sends what only a llama-server knows to no other server', async () => {
    await using server = await startFakeLlamaServer({ reply: once });
    await write({ model: modelOn(server, { server: { dialect: 'openai' } }) });
    expect(samplings(server)).toEqual([
      [undefined, undefined],
      [1, undefined],
    ]);
  });

  it('is the same reply wherever it was cut off in the meantime', async () => {
    await using server = await startFakeLlamaServer({ reply: once });
    const whole = `${kept}That is all.\n`;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: kept.length + 1, max: 3000 }), async (savedLength) => {
        const { reply } = await write({ model: modelOn(server), saved: runaway.slice(0, savedLength) });
        expect(reply).toMatchObject({ text: whole, finishReason: 'stop' });
      }),
      { numRuns: 8 },
    );
  });

  it('counts the cuts of earlier attempts', async () => {
    await using server = await startFakeLlamaServer({ reply: () => runaway });
    const cut = { at: kept.length, removed: 1000, why: 'counting' } as const;
    const { reply } = await write({ model: modelOn(server), saved: kept, earlier: { cuts: [cut, cut], lengthEnds: 0 } });
    expect(server.requests).toHaveLength(1);
    expect(reply).toMatchObject({ text: kept, finishReason: 'repetition' });
  });

  it.each([
    ['closed in a text', { kind: 'text' }, '```\n'],
    ['left open in a file', { kind: 'files', isInFile: () => true }, ''],
  ] as [string, ReplyPlan, string][])('has its code block %s', async (_, plan, closing) => {
    const text = `Use it:\n\n\`\`\`python\n${'print("the same again")\n'.repeat(400)}`;
    await using server = await startFakeLlamaServer({ reply: () => text });
    const { reply } = await write({ model: modelOn(server), plan });
    expect(reply?.finishReason).toBe('repetition');
    expect(reply?.text).toMatch(/^Use it:\n\n```python\n(print\("the same again"\)\n){1,3}(```\n)?$/);
    expect(reply?.text.endsWith('```\n') ? '```\n' : '').toBe(closing);
  });
});

describe('the planned length', () => {
  const long = Array.from({ length: 3000 }, (_, n) => `word${(n * 7919) % 3001} `).join('');
  const written = (server: FakeLlamaServer) => server.requests.reduce((sum, { replyTokens }) => sum + replyTokens, 0);

  it('of a text is gone beyond once, and then the text is taken as it stands', async () => {
    await using server = await startFakeLlamaServer({ reply: () => long });
    const { reply } = await write({ model: modelOn(server), plannedCap: 100, plan: { kind: 'text', tokens: 100 } });
    expect(server.requests).toHaveLength(2);
    expect(written(server)).toBe(200);
    expect(reply?.finishReason).toBe('planned_length');
    expect(long.startsWith(reply?.text ?? '?')).toBe(true);
  });

  it('of a text is what people read, however much was planned', async () => {
    await using server = await startFakeLlamaServer({ reply: () => long, contextTokens: 64_000 });
    const { reply } = await write({ model: modelOn(server), plan: { kind: 'text', tokens: 30_000 } });
    expect(reply?.finishReason).toBe('planned_length');
    await server.waitForEnd(0);
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['aborted']);
    expect(written(server)).toBeLessThan(5000);
  });

  it('of files is gone beyond only inside of one', async () => {
    await using server = await startFakeLlamaServer({ reply: () => long });
    const isInFile = (text: string) => text.length < 700;
    const { reply } = await write({ model: modelOn(server), plannedCap: 100, plan: { kind: 'files', tokens: 1000, isInFile } });
    expect(reply?.finishReason).toBe('planned_length');
    expect(server.requests.length).toBe(server.requests.findLastIndex(({ prefill = '' }) => isInFile(prefill)) + 1);
  });

  it.each([1, 2, 3])('is never gone beyond more than twice, over breaks and beginnings that were saved (%i)', async (breaks) => {
    await using server = await startFakeLlamaServer({ reply: () => long });
    for (let call = 0; call < breaks; call += 1) server.setFault(call, { kind: 'break', afterChunks: 30 });
    const plan = { kind: 'files', tokens: 120, isInFile: () => true } as const;
    const { reply } = await write({ model: modelOn(server), retries: 3, plannedCap: 120, plan, saved: long.slice(0, 200) });
    expect(reply?.finishReason).toBe('planned_length');
    expect(written(server)).toBeLessThanOrEqual(240);
  });

  it('counts how often earlier attempts were continued', async () => {
    await using server = await startFakeLlamaServer({ reply: () => long });
    const plan = { kind: 'text' } as const;
    const { reply } = await write({ model: modelOn(server), plannedCap: 50, plan, saved: 'word', earlier: { cuts: [], lengthEnds: 1 } });
    expect(server.requests).toHaveLength(1);
    expect(reply?.finishReason).toBe('planned_length');
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
