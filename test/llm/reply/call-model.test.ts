import { describe, expect, it } from 'vitest';
import type { ChatModel } from '../../../src/llm/chat-model.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { modelOn } from '../model-on-fake.ts';
import { write } from '../reply-on-fake.ts';

describe('a server that refuses to continue a reply', () => {
  const saved = 'def calculate(a, b):\n    retu';

  it('is asked for the rest by a turn, and what it repeats is left out', async () => {
    await using server = await startFakeLlamaServer({ prefill: 'refused', reply: () => '    return a + b\n' });
    const { reply, text, updates } = await write({ model: modelOn(server), saved });
    expect(reply).toMatchObject({ text: 'def calculate(a, b):\n    return a + b\n', finishReason: 'stop' });
    expect(text).toBe('rn a + b\n');
    expect(server.requests.map(({ messages }) => messages.map(({ role }) => role))).toEqual([
      ['system', 'user', 'assistant'],
      ['system', 'user', 'assistant', 'user'],
    ]);
    const [first, second] = server.requests;
    expect(second?.messages.slice(0, -1)).toEqual(first?.messages);
    expect(second?.messages.at(-1)?.content).toMatch(/continue .*exactly where it stopped/i);
    expect(updates.filter(({ type }) => type === 'call_ended')).toMatchObject([
      { call: 1, finishReason: 'error', error: { code: 'model.bad_request' } },
      { call: 2, finishReason: 'stop' },
    ]);
  });

  it('is asked so for the rest of the reply, and not refused again', async () => {
    const pieces = ['alpha beta ', 'gamma delta ', 'epsilon.'];
    await using server = await startFakeLlamaServer({
      prefill: 'refused',
      reply: ({ messages }) => {
        const said = messages.find(({ role }) => role === 'assistant')?.content ?? '';
        const next = pieces.findIndex((_, index) => said.length < pieces.slice(0, index + 1).join('').length);
        return { text: pieces[next] ?? '', finishReason: next < 2 ? 'length' : 'stop' };
      },
    });
    const { reply, text } = await write({ model: modelOn(server) });
    expect(reply).toMatchObject({ text: pieces.join(''), finishReason: 'stop' });
    expect(text).toBe(reply?.text);
    expect(server.requests.map(({ prefill }) => prefill)).toEqual([undefined, 'alpha beta ', undefined, undefined]);
  });

  it('costs no retry', async () => {
    await using server = await startFakeLlamaServer({ prefill: 'refused', reply: () => 'rn a' });
    const { reply, error } = await write({ model: modelOn(server), saved, retries: 0 });
    expect(error).toBeUndefined();
    expect(reply?.text).toBe(`${saved}rn a`);
  });

  it('is not asked in vain where it is known to refuse', async () => {
    await using server = await startFakeLlamaServer({ prefill: 'refused', reply: () => 'rn a' });
    const model = modelOn(server, { server: { capabilities: { countsTokens: true, continuesReplies: false } } });
    const { reply } = await write({ model, saved });
    expect(reply?.text).toBe(`${saved}rn a`);
    expect(server.requests).toHaveLength(1);
  });

  it('gives up where the turn is refused, too', async () => {
    await using server = await startFakeLlamaServer({ faults: [{ when: () => true, fault: { kind: 'status', status: 400 } }] });
    const { error } = await write({ model: modelOn(server), saved });
    expect(error).toMatchObject({ kind: 'configuration', code: 'model.bad_request' });
    expect(server.requests).toHaveLength(2);
  });

  it('that only repeats itself brings no progress, and the reply ends', async () => {
    await using server = await startFakeLlamaServer({ prefill: 'refused', reply: () => ({ text: saved, finishReason: 'length' }) });
    const { reply, text } = await write({ model: modelOn(server), saved });
    expect(reply).toMatchObject({ text: saved, finishReason: 'unfinished' });
    expect(text).toBe('');
    expect(server.requests).toHaveLength(2);
  });
});

describe('a server that does not hold to the length that was asked for', () => {
  /** Writes on until it is left, in pieces that never repeat what stands there. */
  function endless(piece: (number: number) => string) {
    const asked: (number | undefined)[] = [];
    const left: number[] = [];
    const model: ChatModel = {
      name: 'endless',
      capabilities: { countsTokens: false, continuesReplies: true },
      async *stream({ maxTokens }) {
        asked.push(maxTokens);
        let number = 0;
        try {
          for (;;) yield { type: 'text', text: piece((number += 1)) };
        } finally {
          left.push(number);
        }
      },
      countTokens: async () => undefined,
    };
    return { model, asked, left };
  }

  it.each([
    ['piece by piece', (number: number) => `${(number * 7919) % 104_729} `],
    [
      'in pieces without measure',
      (number: number) => Array.from({ length: 5000 }, (_, at) => (number * 7919 * (at + 1)) % 104_729).join(' '),
    ],
  ])('is left, and the reply ends as one that was cut (%s)', async (_, piece) => {
    const { model, asked, left } = endless(piece);
    const { reply, text } = await write({ model, finalCap: 100 });
    expect(reply).toMatchObject({ finishReason: 'length' });
    expect(asked).toEqual([100]);
    expect(left).toHaveLength(1);
    expect(text.length).toBeLessThan(150_000);
  });

  it('is asked to go on only as often as any other', async () => {
    const { model, left } = endless((number) => `${(number * 7919) % 104_729} `);
    const { reply } = await write({ model, plannedCap: 100 });
    expect(reply?.finishReason).toBe('unfinished');
    expect(left.length).toBeLessThan(6);
    for (const pieces of left) expect(pieces).toBeLessThan(1000);
  });
});
