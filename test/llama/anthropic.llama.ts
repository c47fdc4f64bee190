import { describe, expect, inject, test } from 'vitest';
import type { ChatMessage } from '../../src/llm/chat-model.ts';
import { anthropic } from '../../src/llm/providers/anthropic/anthropic.ts';
import { instantClock } from '../support/instant-clock.ts';
import { completedReplies, eventsOfType, teamOnLlama } from './team-on-llama.ts';

/** As Anthropic's package takes it. */
const root = () => inject('llamaAddress').replace(/\/v1$/, '');

const connect = () =>
  anthropic.connect({
    name: 'work',
    address: root(),
    apiKey: 'any',
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    clock: instantClock(),
  });

const provided = () => ({
  llm_provider: 'work',
  providers: { work: { kind: 'anthropic', base_url: root(), api_key: 'any' } },
});

const say = (role: ChatMessage['role'], text: string): ChatMessage => ({ role, content: [{ type: 'text', text }] });
const question = [
  say('system', 'You are a software team.'),
  say('user', '# Requirement\n\nA coupon store in Python\n\n# Step 1 of 6: requirements_analysis\n\nYou act as the Business Analyst.'),
];

async function replied(messages: ChatMessage[], maxTokens: number) {
  const model = (await connect()).model();
  const pieces: string[] = [];
  for await (const part of model.stream({ messages, maxTokens, sampling: { temperature: 0 } })) {
    if (part.type === 'text') pieces.push(part.text);
    if (part.type === 'end') return { text: pieces.join(''), pieces, end: part };
  }
  throw new Error('there was no end');
}

describe('the real /v1/messages', () => {
  test('names its model and what a slot holds', async () => {
    const { server, defaultModel } = await connect();
    expect(server).toMatchObject({ address: inject('llamaAddress'), contextTokens: 8192 });
    expect(defaultModel).toMatch(/tiny-team\.gguf$/);
  });

  test('counts what it then reads', async () => {
    const model = (await connect()).model();
    const counted = await model.countTokens(question);
    const { end } = await replied(question, 4);
    expect(counted).toBe(end.usage.promptTokens);
    expect(end).toMatchObject({ finishReason: 'length', usage: { replyTokens: 4 } });
  });

  test('goes on with a reply wherever it was cut, and tells that the prompt came from the cache', async () => {
    const { text, pieces } = await replied(question, 40);
    let begun = '';
    // Where tokens end: a text that is cut inside of one is read as other tokens and may go on otherwise.
    for (const piece of pieces.slice(0, -1)) {
      begun += piece;
      const rest = await replied([...question, say('assistant', begun)], 8);
      expect(text.startsWith((begun + rest.text).slice(0, text.length)), JSON.stringify([begun, rest.text])).toBe(true);
      expect(rest.end.usage.cachedTokens).toBeGreaterThan(rest.end.usage.readTokens ?? Infinity);
    }
  });

  test('refuses a prompt that no slot holds, with both counts', async () => {
    await expect(replied([say('user', 'a b '.repeat(9000))], 4)).rejects.toMatchObject({
      code: 'model.overflow',
      overflow: { contextTokens: 8192, promptTokens: expect.any(Number) },
    });
  });
});

describe('a team on the real /v1/messages', () => {
  test('answers a question', async () => {
    const { engine, events } = teamOnLlama({ address: 'http://127.0.0.1:9', settings: provided() });
    const result = await engine.executeWorkflow('quick_answer', 'What is a coupon store in Python?');
    expect(result.status).toBe('completed');
    expect(completedReplies(events)).toHaveLength(1);
  });

  test('does a workflow of several steps, which finds what earlier steps have read in the cache', async () => {
    const { engine, events } = teamOnLlama({ address: 'http://127.0.0.1:9', settings: { ...provided(), verify: 'off' } });
    const result = await engine.executeWorkflow(
      'analysis',
      'Is a coupon store in Python worth building? A coupon has a code and a discount.',
    );
    expect(Object.values(result.tasks).map(({ status, error }) => error ?? status)).toEqual(
      Object.keys(result.tasks).map(() => 'completed'),
    );
    const usages = eventsOfType(events, 'call.ended').map(({ data }) => data.usage);
    expect(usages.length).toBeGreaterThan(1);
    console.log(
      usages.map((usage) => `read ${usage?.readTokens}, cached ${usage?.cachedTokens}, written ${usage?.replyTokens}`).join('\n'),
    );
    for (const usage of usages.slice(1)) expect(usage?.cachedTokens).toBeGreaterThan(0);
  });
});
