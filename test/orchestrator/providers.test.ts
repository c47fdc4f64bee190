import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

async function provider() {
  const server = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => server.close());
  return server;
}

describe('a run with a provider', () => {
  it('asks the provider alone where llm_provider names it, with its own key and model', async () => {
    const work = await provider();
    const { engine, server } = await teamOnFake({
      settings: {
        llm_provider: 'work',
        providers: { work: { kind: 'openai', base_url: work.address, model: 'large', api_key: 'key-of-work' } },
      },
    });
    const result = await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect(result.status).toBe('completed');
    expect(server.requests).toHaveLength(0);
    expect(work.requests.map(({ headers, body }) => [headers.authorization, body['model']])).toEqual([['Bearer key-of-work', 'large']]);
  });
});
