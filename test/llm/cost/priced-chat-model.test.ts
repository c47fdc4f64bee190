import { describe, expect, it } from 'vitest';
import { textMessage } from '../../../src/llm/chat/chat-message-text.ts';
import type { ChatModel, ChatRequest, ChatStreamPart } from '../../../src/llm/chat-model.ts';
import { PricedChatModel } from '../../../src/llm/cost/priced-chat-model.ts';
import { Spending } from '../../../src/llm/cost/spending.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { AnsweredError } from '../../../src/llm/server/server-answer.ts';

const prices = { input: 1, cachedInput: 1, cacheWrite: 1, output: 1 };
/** With these prices a token is a thousandth of a thousandth. */
const tokens = 1000;
const messages = [textMessage('user', 'What is a queue?')];
const text = (count: number): ChatStreamPart[] => Array.from({ length: count }, () => ({ type: 'text', text: 'word ' }));
const ending = (finishReason: string, usage: object = {}): ChatStreamPart => ({ type: 'end', finishReason, usage });

interface Given {
  parts?: readonly ChatStreamPart[];
  error?: Error;
  budget?: number;
  counts?: number;
}

function model({ parts = [], error, budget = Infinity, counts }: Given) {
  const spending = new Spending(budget, 0);
  const requests: ChatRequest[] = [];
  const counted: unknown[] = [];
  const inner: ChatModel = {
    name: 'large',
    capabilities: { countsTokens: counts !== undefined, continuesReplies: true },
    async *stream(request) {
      requests.push(request);
      await Promise.resolve();
      yield* parts;
      if (error !== undefined) throw error;
    },
    held: () => 12,
    prepare: () => Promise.resolve({ usage: { readTokens: 1000 }, copies: 'kept' }),
    countTokens: (asked) => Promise.resolve(counted.push(asked) > 0 ? counts : undefined),
  };
  return { priced: new PricedChatModel({ model: inner, place: 'work', prices, spending }), spending, requests, counted };
}

async function partsOf(priced: PricedChatModel, request: Partial<ChatRequest> = {}) {
  const parts: ChatStreamPart[] = [];
  try {
    for await (const part of priced.stream({ messages, ...request })) parts.push(part);
    return { parts, error: undefined };
  } catch (error) {
    return { parts, error };
  }
}

const lost = new ModelError({ kind: 'transient', code: 'server.lost', message: 'It broke.' });
const busy = new ModelError({
  kind: 'transient',
  code: 'server.lost',
  message: 'It is busy.',
  cause: new AnsweredError({
    status: 429,
    said: 'busy',
    names: [],
    whole: '',
    promptTokens: undefined,
    contextTokens: undefined,
    headers: undefined,
  }),
});

describe('a call to a model that somebody is paid for', () => {
  it('tells its price first, and has cost what was counted', async () => {
    const { priced, spending } = model({ parts: [...text(3), ending('stop', { promptTokens: 10, replyTokens: 3 })], budget: 1e9 });
    const { parts } = await partsOf(priced, { maxTokens: 500 });
    expect(parts[0]).toMatchObject({ type: 'priced', place: 'work', model: 'large', prices, replyTokens: 500 });
    expect(spending.spent).toBe(13 * tokens);
  });

  it.each<[string, Given, number | 'all', object]>([
    [
      'breaks off has cost all that was set aside',
      { parts: text(3), error: lost, budget: 1e9 },
      'all',
      { usage: { replyTokens: 3 }, refused: undefined },
    ],
    ['is answered with an error has cost nothing', { error: busy, budget: 1e9 }, 0, { usage: {}, refused: true }],
    [
      'is answered with an error in the middle has',
      { parts: text(1), error: busy, budget: 1e9 },
      'all',
      { usage: { replyTokens: 1 }, refused: undefined },
    ],
  ])('that %s', async (_, given, cost, told) => {
    const { priced, spending } = model(given);
    const { parts, error } = await partsOf(priced, { maxTokens: 500 });
    expect(error).toBe(given.error);
    expect(parts.at(-1)).toEqual({ type: 'broken_off', ...told });
    const [price] = parts;
    const all = price?.type === 'priced' ? (price.promptTokens + 500) * tokens : NaN;
    expect(spending.spent).toBe(cost === 'all' ? all : cost);
  });

  it('is not made where there is no room for it, and nothing stays set aside', async () => {
    const { priced, spending, requests } = model({ budget: 100 * tokens });
    const { error } = await partsOf(priced, { maxTokens: 500 });
    expect(error).toMatchObject({ kind: 'refused', code: 'budget.used_up', hint: expect.stringContaining('resume --budget') as string });
    expect(requests).toEqual([]);
    expect(spending.left).toBe(100 * tokens);
  });

  it('has its prompt counted only where that makes a difference', async () => {
    const enough = model({ parts: [ending('stop')], budget: 1e9, counts: 10 });
    await partsOf(enough.priced, { maxTokens: 500 });
    expect(enough.counted).toEqual([]);
    const little = model({ parts: [ending('stop', { promptTokens: 10, replyTokens: 1 })], budget: 700 * tokens, counts: 10 });
    expect((await partsOf(little.priced, { maxTokens: 500 })).error).toBeUndefined();
    expect(little.counted).toHaveLength(1);
    expect(little.requests[0]?.maxTokens).toBe(500);
  });

  it('has room set aside for the shape of its reply, also where the prompt is counted', async () => {
    const format = { name: 'plan', schema: { description: 'x'.repeat(300) } };
    const { priced, counted } = model({ parts: [ending('stop', { promptTokens: 10, replyTokens: 1 })], budget: 1500 * tokens, counts: 10 });
    const { parts } = await partsOf(priced, { maxTokens: 500, format });
    expect(counted).toHaveLength(1);
    expect(parts[0]).toMatchObject({ type: 'priced', promptTokens: Math.ceil(10 * 1.05) + 64 + JSON.stringify(format).length });
  });

  it('that sends more than it was allowed is left', async () => {
    const { priced } = model({ parts: [...text(900), ending('stop')], budget: 1e9 });
    const { parts } = await partsOf(priced, { maxTokens: 100 });
    expect(parts.at(-1)).toMatchObject({ type: 'end', finishReason: 'length' });
    expect(parts.filter(({ type }) => type === 'text').length).toBeLessThan(200);
  });

  it('whose money is used up by thoughts alone rests: there is nothing to go on from', async () => {
    const thoughts = Array.from({ length: 5 }, (): ChatStreamPart => ({ type: 'reasoning', text: 'so ' }));
    const { priced } = model({ parts: [...thoughts, ending('length', { promptTokens: 10, replyTokens: 5 })], budget: 3000 * tokens });
    const { error, parts } = await partsOf(priced);
    expect(error).toMatchObject({
      code: 'budget.used_up',
      message: 'What was left of the budget of $0.003 went into thoughts of large of work, and its reply had not begun.',
    });
    expect(parts.at(-1)).toEqual({ type: 'broken_off', usage: { promptTokens: 10, replyTokens: 5 }, refused: undefined });
  });

  it('that waits for others is not kept waiting when the last of them ends while it says so', async () => {
    const { priced, spending } = model({ parts: [ending('stop', { promptTokens: 10, replyTokens: 1 })], budget: 3000 * tokens });
    const other = spending.ask({ least: 1, most: 3000 * tokens });
    const parts: string[] = [];
    for await (const { type } of priced.stream({ messages, maxTokens: 500 })) {
      parts.push(type);
      if (type === 'waits_for_budget' && other.type === 'granted') spending.settle(other.id, 0);
    }
    expect(parts).toEqual(['waits_for_budget', 'priced', 'end']);
  });

  it('is not preceded by reading ahead, which nobody would count', () => {
    const { priced } = model({});
    expect('prepare' in priced).toBe(false);
    expect(priced.held?.(messages)).toBe(12);
  });

  it('is limited by nothing where there is no budget', async () => {
    const { priced, requests } = model({ parts: [ending('stop')] });
    const { parts } = await partsOf(priced);
    expect(requests[0]?.maxTokens).toBeUndefined();
    expect(parts[0]).toMatchObject({ type: 'priced', replyTokens: undefined });
  });
});
