import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../support/instant-clock.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';

const requirement = 'A coupon store.';

async function otherServer(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), model: 'other', ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Which steps a server was asked for. */
const stepsAt = ({ requests }: Awaited<ReturnType<typeof otherServer>>) =>
  requests.map(
    ({ body }) => /# Step \d+ of \d+: (\w+)/.exec((body['messages'] as { content: string }[] | undefined)?.at(-1)?.content ?? '')?.[1],
  );

async function teamWithCoder(settings: (coder: string) => SettingsInput, options: FakeLlamaServerOptions = {}) {
  const other = await otherServer(options);
  return { other, ...(await teamOnFake({ settings: settings(other.address) })) };
}

describe('several models', () => {
  it('do each what the settings give them: the step’s word first, then the type of task, then the role', async () => {
    const { other, engine, orchestrator, server, events } = await teamWithCoder((coder) => ({
      models: { coder: { base_url: coder }, plain: { model: 'fake-other' } },
      agents: { developer: { model: 'coder' }, technical_writer: { model: 'coder' } },
      task_models: { technical_review: 'default' },
    }));
    const result = await engine.executeWorkflow('documentation', requirement);
    expect(result.status).toBe('completed');
    expect([stepsAt(server), stepsAt(other)]).toEqual([['documentation_requirements', 'technical_review'], ['documentation_creation']]);
    const [started] = eventsOfType(events, 'run.started');
    expect(Object.entries(started?.data.models ?? {}).map(([name, { address }]) => [name, address])).toEqual([
      ['default', expect.stringContaining(server.address)],
      ['coder', expect.stringContaining(other.address)],
    ]);
    expect(eventsOfType(events, 'task.started').map(({ data }) => data.model)).toEqual(['default', 'coder', 'default']);

    orchestrator.workflows.register({
      name: 'mine',
      title: 'Mine',
      description: 'One step.',
      steps: [{ id: 'a', role: 'developer', task_type: 'implementation', description: 'Do it.', expects: 'files', model: 'plain' }],
    });
    await engine.executeWorkflow('mine', requirement);
    expect(stepsAt(server).at(-1)).toBe('implementation');
    expect(server.requests.at(-1)?.body['model']).toBe('fake-other');
  });

  it('share no prefix: what each reads at least is counted for it alone, and is what was read', async () => {
    const { engine, orchestrator } = await teamWithCoder((coder) => ({
      max_concurrent_agents: 1,
      models: { coder: { base_url: coder } },
      agents: { developer: { model: 'coder' } },
    }));
    const { ledger, workflow_id: run } = await engine.executeWorkflow('feature_development', requirement);
    const state = await orchestrator.loadRun(run);
    const least = ledger.run.tokens_ideal ?? 0;
    expect(state.tasks.get('architecture_design')?.askedModel).toBe('coder');
    // The other model has to read the beginning once more, and both read everything else once.
    expect(ledger.run.tokens_read).toBeGreaterThanOrEqual(least);
    expect(ledger.run.tokens_read).toBeLessThanOrEqual(least * 1.05);
    const alone = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
    const one = await alone.engine.executeWorkflow('feature_development', requirement);
    expect(least).toBeGreaterThan((one.ledger.run.tokens_ideal ?? 0) * 1.3);
  });

  it('may each have a profile of their own', async () => {
    const { engine, other, server } = await teamWithCoder((coder) => ({
      models: { coder: { base_url: coder, profile: { instructions: 'brief', temperature: 0.05 } } },
      agents: { technical_writer: { model: 'coder' } },
    }));
    await engine.executeWorkflow('documentation', requirement);
    expect(other.requests[0]?.body['temperature']).toBe(0.05);
    expect(server.requests[0]?.body['temperature']).not.toBe(0.05);
    const systemOf = ({ requests }: typeof other) =>
      (requests[0]?.body['messages'] as { content: string }[] | undefined)?.[0]?.content ?? '';
    expect(systemOf(other).length).toBeLessThan(systemOf(server).length / 2);
  });

  it('may leave the default without work: then its server need not be there', async () => {
    const { engine, other } = await teamWithCoder((coder) => ({
      llm_base_url: 'http://127.0.0.1:9',
      models: { coder: { base_url: coder } },
      default_model: 'coder',
    }));
    expect((await engine.executeWorkflow('documentation', requirement)).status).toBe('completed');
    expect(other.requests).toHaveLength(3);
  });

  it.each<[string, SettingsInput, string, string]>([
    [
      'a role',
      { agents: { developer: { model: 'codr' } } },
      'agents.developer.model names the model "codr", which is not among the models in the settings.',
      'Did you mean coder?',
    ],
    [
      'a type of task',
      { task_models: { technical_review: 'zzzzzz' } },
      'task_models.technical_review names the model "zzzzzz"',
      'Known models: default, coder.',
    ],
    ['the default', { default_model: 'codar' }, 'default_model names the model "codar"', 'Did you mean coder?'],
  ])('that nobody knows are refused before anything is sent: %s', async (_, settings, message, hint) => {
    const { engine, server } = await teamOnFake({ settings: { models: { coder: { model: 'x' } }, ...settings } });
    await expect(engine.executeWorkflow('documentation', requirement)).rejects.toMatchObject({
      code: 'model.unknown',
      message: expect.stringContaining(message) as string,
      hint: expect.stringContaining(hint) as string,
    });
    expect(server.requests).toEqual([]);
  });

  it('outside this machine need consent, each for its own address', async () => {
    const settings = (allow: string | boolean): SettingsInput => ({
      allow_remote: allow,
      models: { far: { base_url: 'http://192.0.2.7:8080' } },
      agents: { technical_writer: { model: 'far' } },
    });
    for (const allow of [false, 'http://192.0.2.8:8080']) {
      const { engine, server } = await teamOnFake({ settings: settings(allow) });
      await expect(engine.executeWorkflow('documentation', requirement)).rejects.toMatchObject({ code: 'server.remote_refused' });
      expect(server.requests).toEqual([]);
    }
  });
});

describe('a run that goes on', () => {
  it('has the models that it was planned with, whatever the settings say by then; a model that is gone is named', async () => {
    let works = false;
    const answer = replyAsTeam();
    const other = await otherServer({ reply: (request) => (works ? answer(request) : 'I cannot.') });
    const first = await teamOnFake({
      settings: {
        max_concurrent_agents: 1,
        models: { coder: { base_url: other.address, api_key: 'key-of-the-coder' } },
        agents: { technical_writer: { model: 'coder' } },
      },
    });
    const failed = await first.engine.executeWorkflow('documentation', requirement);
    expect(failed.status).toBe('failed');
    const { workspace, server } = first;
    const later = new AgentOrchestrator({ workspace, config: { workspace, llm_base_url: server.address }, clock: instantClock() });
    onTestFinished(() => later.close());
    works = true;
    const askedBefore = other.requests.length;
    expect((await later.retryRun(failed.workflow_id)).status).toBe('completed');
    expect(other.requests.length).toBeGreaterThan(askedBefore);
    // The key is not in the journal, and nobody gives one any more.
    expect(other.requests.map(({ headers }) => headers.authorization).slice(askedBefore)).not.toContain('Bearer key-of-the-coder');
    expect(other.requests[0]?.headers.authorization).toBe('Bearer key-of-the-coder');
    expect(JSON.stringify(first.events)).not.toContain('key-of-the-coder');

    await other.close();
    await expect(later.rerunFrom(failed.workflow_id, { from: 'documentation_creation' })).rejects.toMatchObject({
      code: 'server.not_found',
      message: expect.stringContaining(other.address.replace('http://', '')) as string,
    });
  });
});

describe('one model', () => {
  it('leaves a journal as it always did', async () => {
    const { engine, events } = await teamOnFake();
    await engine.executeWorkflow('documentation', requirement);
    expect(eventsOfType(events, 'run.started')[0]?.data.models).toBeUndefined();
    expect(eventsOfType(events, 'task.started').every(({ data }) => !('model' in data))).toBe(true);
    expect(eventsOfType(events, 'task.added').every(({ data }) => !('model' in data))).toBe(true);
  });
});
