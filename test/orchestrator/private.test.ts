import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exitCode, exitCodeOf } from '../../src/cli/exit-code.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

/** The name is that of a server far away; a connection to it ends at a fake one. */
vi.mock(import('../../src/llm/destinations/destination.ts'), async (original) => {
  const real = await original();
  const isFar = (host: string) => host === 'models.example';
  return {
    ...real,
    destinationOf: (url, lookUp) =>
      isFar(url.hostname) ? Promise.resolve({ host: url.host, where: 'elsewhere' as const }) : real.destinationOf(url, lookUp),
    systemLookUp: (host) => (isFar(host) ? Promise.resolve([{ address: '127.0.0.1', family: 4 }]) : real.systemLookUp(host)),
  };
});

async function farServer() {
  const server = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => server.close());
  return { server, address: `http://models.example:${new URL(server.address).port}` };
}

const look = (id: string, more: object = {}) => ({
  id,
  role: 'developer',
  task_type: 'quick_answer',
  description: `Look at ${id}.`,
  expects: 'text' as const,
  ...more,
});
const nobody = 'http://127.0.0.1:9';

describe('a private run', () => {
  it('is refused before anything is asked elsewhere, whatever was allowed, and ends as one without a server', async () => {
    const far = await farServer();
    const { engine, events } = await teamOnFake({ settings: { llm_base_url: far.address, allow_remote: true, private: true } });
    const error: unknown = await engine.executeWorkflow('quick_answer', 'What is a queue?').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'private.refused', message: expect.stringContaining('The run is private') as string });
    expect(exitCodeOf(error)).toBe(exitCode.noServer);
    expect([far.server.requests.length, events.length]).toEqual([0, 0]);
  });

  it('asks a server here, and proves that nothing left', async () => {
    const { engine } = await teamOnFake({ settings: { private: true } });
    const result = await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect([result.status, result.egress.left]).toEqual(['completed', 'nothing']);
  });

  it('never falls back to a model elsewhere, also in the middle', async () => {
    const far = await farServer();
    const { engine, server, events } = await teamOnFake({
      settings: {
        private: true,
        llm_max_retries: 0,
        task_retry_attempts: 0,
        models: { spare: { base_url: far.address } },
        fallback: ['default', 'spare'],
        allow_remote: true,
      },
    });
    server.setFault(() => true, { kind: 'refuse' });
    const result = await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect(result.status).toBe('failed');
    expect(far.server.requests).toHaveLength(0);
    expect(eventsOfType(events, 'request.sent').every(({ data }) => data.where === 'this_machine')).toBe(true);
  });
});

describe('a private step', () => {
  it('keeps a run from beginning whose model for it is elsewhere', async () => {
    const far = await farServer();
    const { engine, events } = await teamOnFake({ settings: { models: { far: { base_url: far.address } }, allow_remote: true } });
    engine.registerWorkflow({ name: 'house', steps: [look('open'), look('kept', { private: true, model: 'far' })] });
    const error: unknown = await engine.executeWorkflow('house', 'Build it.').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'private.refused' });
    expect([far.server.requests.length, events.length]).toEqual([0, 0]);
  });

  it('stops where its server is gone, and another one falls back and says so', async () => {
    const far = await farServer();
    const settings = {
      llm_max_retries: 0,
      task_retry_attempts: 0,
      models: { spare: { base_url: far.address } },
      fallback: ['default', 'spare'],
      allow_remote: true,
    };
    const { engine, server } = await teamOnFake({ settings });
    server.setFault(() => true, { kind: 'refuse' });
    engine.registerWorkflow({ name: 'kept', steps: [look('kept', { private: true })] });
    engine.registerWorkflow({ name: 'open', steps: [look('open')] });
    const kept = await engine.executeWorkflow('kept', 'Build it.');
    expect([kept.status, far.server.requests.length]).toEqual(['failed', 0]);
    const open = await engine.executeWorkflow('open', 'Build it.');
    expect([open.status, far.server.requests.length]).toEqual(['completed', 1]);
    expect(open.egress).toMatchObject({ left: 'something', hosts: [{ where: 'elsewhere' }] });
  });

  it('does not begin with a model elsewhere that stands in when connecting', async () => {
    const far = await farServer();
    const settings = {
      llm_base_url: nobody,
      models: { spare: { base_url: far.address } },
      fallback: ['default', 'spare'],
      allow_remote: true,
    };
    const { engine } = await teamOnFake({ settings });
    engine.registerWorkflow({ name: 'kept', steps: [look('kept', { private: true })] });
    await expect(engine.executeWorkflow('kept', 'Build it.')).rejects.toMatchObject({ code: 'private.refused' });
    expect(far.server.requests).toHaveLength(0);
  });

  it('makes what belongs to it private, too', async () => {
    const far = await farServer();
    const { engine } = await teamOnFake({ settings: { models: { far: { base_url: far.address } }, allow_remote: true } });
    const inner = {
      id: 'each',
      kind: 'loop',
      private: true,
      description: 'Again.',
      max_iterations: 1,
      until: 'true',
      steps: [look('in', { model: 'far' })],
    };
    engine.registerWorkflow({ name: 'house', steps: [inner] });
    await expect(engine.executeWorkflow('house', 'Build it.')).rejects.toMatchObject({ code: 'private.refused' });
    expect(far.server.requests).toHaveLength(0);
  });
});
