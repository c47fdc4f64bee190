import { describe, expect, it, onTestFinished } from 'vitest';
import type { AnthropicBody } from '../support/fake-anthropic-server/check-request.ts';
import { type FakeAnthropicOptions, startFakeAnthropicServer } from '../support/fake-anthropic-server/start-fake-anthropic-server.ts';
import { completedReplies, teamOnFake } from '../support/team-on-fake.ts';

async function teamWith(options: FakeAnthropicOptions, workflow = 'quick_answer') {
  const work = await startFakeAnthropicServer(options);
  onTestFinished(() => work.close());
  const { engine, server, events } = await teamOnFake({
    settings: {
      llm_provider: 'work',
      providers: { work: { kind: 'anthropic', base_url: work.address, model: 'claude-fake-5', api_key: 'sk-ant-test' } },
    },
  });
  const result = await engine.executeWorkflow(workflow, 'What is a queue? Answer for a person who writes Python.');
  // The local server is not asked.
  expect(server.requests).toHaveLength(0);
  return { work, result, events };
}

const answer = 'A queue gives back first what was put in first.';

describe('a run with a provider of the kind anthropic', () => {
  it('asks it with its own key and model, and says what the answer cost', async () => {
    const { work, result, events } = await teamWith({ reply: () => answer });
    expect(result.status).toBe('completed');
    expect(work.requests.map(({ headers, body }) => [headers['x-api-key'], body.model])).toEqual([['sk-ant-test', 'claude-fake-5']]);
    const [reply] = completedReplies(events);
    expect(reply?.data.usage).toMatchObject({ cachedTokens: 0, replyTokens: expect.any(Number), readTokens: expect.any(Number) });
  });

  it('goes on in the middle of a reply that broke off', async () => {
    const { work, result, events } = await teamWith({ reply: () => answer, faults: [{ when: 0, fault: { kind: 'cut', afterEvents: 6 } }] });
    expect(result.status).toBe('completed');
    expect(work.requests[1]?.body.messages?.at(-1)).toMatchObject({ role: 'assistant', content: [{ text: 'A queue gives' }] });
    expect(completedReplies(events).map(({ data }) => data.text)).toEqual([answer]);
  });

  it('finds what earlier steps have read in the cache', async () => {
    const { work, result, events } = await teamWith(
      { reply: ({ messages = [] }: AnthropicBody) => `Reply ${messages.length}. ${answer}` },
      'analysis',
    );
    expect(result.status).toBe('completed');
    const [first, ...others] = completedReplies(events).map(({ data }) => data.usage);
    expect(first?.cachedTokens).toBe(0);
    expect(others.length).toBeGreaterThan(0);
    for (const usage of others) expect(usage?.cachedTokens).toBeGreaterThan(0);
    expect(work.requests.every(({ body }) => JSON.stringify(body).split('cache_control').length - 1 <= 4)).toBe(true);
  });
});
