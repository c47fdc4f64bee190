import { describe, expect, inject, test } from 'vitest';
import type { ChatMessage } from '../../src/llm/chat-model.ts';
import { openai } from '../../src/llm/providers/openai/openai.ts';
import { instantClock } from '../support/instant-clock.ts';
import { completedReplies, eventsOfType, teamOnLlama } from './team-on-llama.ts';

const connect = (model?: string) =>
  openai.connect({
    name: 'work',
    address: inject('llamaAddress'),
    apiKey: 'any',
    model,
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    clock: instantClock(),
  });

const provided = () => ({
  llm_provider: 'work',
  providers: { work: { kind: 'openai', base_url: inject('llamaAddress'), api_key: 'any', context_tokens: 8192 } },
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
    if (part.type === 'end') return { pieces, end: part };
  }
  throw new Error('there was no end');
}

describe("the real server through the provider openai, as if it were OpenAI's", () => {
  test('names the model that it lists', async () => {
    const { defaultModel, server } = await connect();
    expect(defaultModel).toMatch(/tiny-team/);
    expect(server).toMatchObject({ address: inject('llamaAddress'), hosted: 'OpenAI', capabilities: { countsTokens: false } });
  });

  test('streams a reply, cuts it where it was asked to, and tells what it cost and what came from the cache', async () => {
    const first = await replied(question, 12);
    expect(first.pieces.length).toBeGreaterThan(1);
    expect(first.end).toMatchObject({ finishReason: 'length', usage: { replyTokens: 12 } });
    const { usage } = (await replied(question, 4)).end;
    expect(usage.promptTokens).toBe(first.end.usage.promptTokens);
    expect(usage.cachedTokens).toBeGreaterThan(0);
  });

  test('refuses a prompt that no slot holds, with both counts', async () => {
    await expect(replied([say('user', 'a b '.repeat(9000))], 4)).rejects.toMatchObject({
      code: 'model.overflow',
      overflow: { contextTokens: 8192, promptTokens: expect.any(Number) },
    });
  });
});

test('a team with the provider openai does a workflow of several steps on the real server', async () => {
  const { engine, events } = teamOnLlama({ address: 'http://127.0.0.1:9', settings: { ...provided(), verify: 'off' } });
  const result = await engine.executeWorkflow(
    'analysis',
    'Is a coupon store in Python worth building? A coupon has a code and a discount.',
  );
  expect(Object.values(result.tasks).map(({ status, error }) => error ?? status)).toEqual(Object.keys(result.tasks).map(() => 'completed'));
  expect(completedReplies(events).length).toBeGreaterThan(1);
  const usages = eventsOfType(events, 'call.ended').map(({ data }) => data.usage);
  for (const usage of usages.slice(1)) expect(usage?.cachedTokens).toBeGreaterThan(0);
});
