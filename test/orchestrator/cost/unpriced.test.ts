import { describe, expect, it, vi } from 'vitest';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { pricedTeam } from './priced-team.ts';

/** The name is that of a server far away, until a connection to it is opened: then it is the fake one. */
vi.mock(import('../../../src/llm/destinations/destination.ts'), async (original) => {
  const real = await original();
  const isFar = (host: string) => host === 'models.example';
  return {
    ...real,
    destinationOf: (url, lookUp) =>
      isFar(url.hostname) ? Promise.resolve({ host: url.host, where: 'elsewhere' as const }) : real.destinationOf(url, lookUp),
    systemLookUp: (host) => (isFar(host) ? Promise.resolve([{ address: '127.0.0.1', family: 4 }]) : real.systemLookUp(host)),
  };
});

async function farTeam(settings: object = {}) {
  const { work } = await pricedTeam();
  const { port } = new URL(work.address);
  const entry = { kind: 'openai', base_url: `http://models.example:${port}/v1`, model: 'large', api_key: 'key-of-work' };
  const team = await pricedTeam({ settings: { providers: { work: entry }, allow_remote: true, ...settings } });
  return { ...team, work };
}

const question = 'What is a queue?';

describe('a model elsewhere of which nobody knows what it costs', () => {
  it('is named at the start, and its cost is not taken for nothing', async () => {
    const { engine, events, work } = await farTeam();
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('completed');
    expect(work.requests).toHaveLength(1);
    expect(eventsOfType(events, 'run.estimated').map(({ data }) => data)).toMatchObject([
      { steps: 0, unpriced: [{ place: 'work', model: 'large' }] },
    ]);
    expect(result.cost).toMatchObject({ least: 0, calls_unpriced: 1, models: [{ provider: 'work', model: 'large', calls_unpriced: 1 }] });
    expect(result.cost?.sentences).toEqual(['What 1 call to large of work cost is not known.']);
  });

  it('is not asked by a run with a budget, which does not begin', async () => {
    const { engine, events, work } = await farTeam({ budget: 5 });
    await expect(engine.executeWorkflow('quick_answer', question)).rejects.toMatchObject({
      category: 'usage',
      code: 'budget.no_price',
      message: 'The run has a budget, and nobody knows what large of work costs.',
      hint: expect.stringContaining('prices: { input: …, output: … }') as string,
    });
    expect(work.requests).toHaveLength(0);
    expect(events).toEqual([]);
  });

  it('does not stand in for another one where the run has a budget', async () => {
    const { engine, server, work } = await farTeam({
      llm_provider: undefined,
      budget: 5,
      fallback: ['work'],
      llm_max_retries: 0,
      task_retry_attempts: 0,
    });
    server.setFault(() => true, { kind: 'refuse' });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('failed');
    expect(result.error).toContain('work: The run has a budget, and nobody knows what large of work costs.');
    expect(work.requests).toHaveLength(0);
  });
});
