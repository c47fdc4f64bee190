import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import { MeasuredSpeeds } from '../../src/llm/routing/measured-speeds.ts';
import { eventsOfType, teamOnFake, type TeamOnFakeOptions } from '../support/team-on-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const requirement = 'A coupon store.';

/** What a llama-server with several models answers; it holds the first, and no two at once. */
function severalModels(names: readonly string[]) {
  const data = names.map((id, index) => ({ id, object: 'model', status: { value: index === 0 ? 'loaded' : 'unloaded' } }));
  const props = { role: 'router', max_instances: 1, default_generation_settings: { n_ctx: 0 }, build_info: 'b1-fake000' };
  return { '/models': { object: 'list', data }, '/props': props };
}

async function teamOf(names: readonly string[], settings: SettingsInput = {}, { server, orchestrator }: TeamOnFakeOptions = {}) {
  const answers = severalModels(names);
  const all = { llm_model: 'auto', llm_context_tokens: 16_384, ...settings };
  const team = await teamOnFake({ server: { answers, ...server }, settings: all, orchestrator: orchestrator ?? {} });
  return { ...team, answers, asked: () => team.server.requests.map(({ body }) => body['model']) };
}

/** How often the server was asked for another model than before. */
function changesOf({ asked }: Pick<Awaited<ReturnType<typeof teamOf>>, 'asked'>): number {
  const models = asked();
  return models.filter((model, index) => index > 0 && model !== models[index - 1]).length;
}

/** A run that was stopped after its first task. */
async function interruptedRun({
  engine,
  events,
  orchestrator,
}: Pick<Awaited<ReturnType<typeof teamOf>>, 'engine' | 'events' | 'orchestrator'>): Promise<string> {
  const stop = new AbortController();
  const unlisten = orchestrator.bus.listen(() => Promise.resolve(stop.abort(new Error('stopped'))));
  const { status, workflow_id: run } = await engine.executeWorkflow('documentation', requirement, {}, { signal: stop.signal });
  unlisten();
  expect(status).toBe('interrupted');
  expect(eventsOfType(events, 'task.completed')).toHaveLength(1);
  return run;
}

const measured = 'qwen2.5-coder-1.5b-instruct-q4_k_m';

describe('llm_model: auto', () => {
  it('with one model is what it is without a name: nothing is chosen and nothing said', async () => {
    const auto = await teamOnFake({ settings: { llm_model: 'auto' } });
    const none = await teamOnFake();
    for (const team of [auto, none]) expect((await team.engine.executeWorkflow('documentation', requirement)).status).toBe('completed');
    expect(eventsOfType(auto.events, 'model.routed')).toEqual([]);
    expect(auto.events.map(({ type }) => type)).toEqual(none.events.map(({ type }) => type));
    expect(auto.server.requests.map(({ body }) => body['model'])).toEqual(none.server.requests.map(({ body }) => body['model']));
  });

  it('takes the larger class where nobody has measured anything, and says that it is assumed', async () => {
    const { engine, events, asked } = await teamOf(['small-1b', 'medium-7b']);
    expect((await engine.executeWorkflow('documentation', requirement)).status).toBe('completed');
    const [routed, ...more] = eventsOfType(events, 'model.routed');
    expect(more).toEqual([]);
    expect(routed?.data).toMatchObject({
      routes: [
        {
          private: false,
          name: 'medium-7b',
          place: 'default',
          model: 'medium-7b',
          tasks: 3,
          because:
            'it promises most: 15 % of the checks (assumed from its size), speed not measured, free. Next would be small-1b: 5 % of the checks (assumed from its size), speed not measured, free',
        },
      ],
    });
    expect(new Set(asked())).toEqual(new Set(['medium-7b']));
  });

  it('takes another model for a type of task where that is worth the changes, which are told before and are those that happen', async () => {
    const cacheFolder = temporaryFolder();
    const team = await teamOf([measured, 'medium-7b'], { routing: 'quality' }, { orchestrator: { cacheFolder } });
    const { engine, events, server } = team;
    const speed = (model: string, load: number) => ({ address: server.address, model, read: 500, write: 20, load });
    await new MeasuredSpeeds(cacheFolder).add([speed(measured, 5), speed('medium-7b', 20)]);
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect(result.status).toBe('completed');
    const [routed] = eventsOfType(events, 'model.routed');
    expect(routed?.data.routes.map(({ taskType, name, tasks }) => [taskType, name, tasks])).toEqual([
      [undefined, measured, 3],
      ['implementation', 'medium-7b', 1],
      ['testing', 'medium-7b', 1],
      ['deployment', 'medium-7b', 1],
    ]);
    expect(routed?.data.changes).toMatchObject({ count: 2, loadSeconds: 25, unmeasured: 0 });
    expect(changesOf(team)).toBe(2);
    // Told with the beginning, before anything is asked.
    expect(events.findIndex(({ type }) => type === 'model.routed')).toBeLessThan(events.findIndex(({ type }) => type === 'call.started'));
    const [started] = eventsOfType(events, 'run.started');
    expect(started?.data.transcript.reason).toContain('its models take turns on one server');
    expect(Object.keys(started?.data.models ?? {}).toSorted()).toEqual(['medium-7b', measured]);
    const summary = readFileSync(join(team.workspace, 'output', `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toMatch(
      /- Model for implementation: medium-7b, because it promises most: 15 % of the checks \(assumed from its size\), about 32 s a step, free\. Next would be .+: 6 % of the checks \(measured\)/,
    );
    expect(summary).toMatch(/- 2 model changes: about 25 s of loading, about \d,\d{3} tokens read again\./);
  });

  it('orders independent steps so that models change least', async () => {
    const team = await teamOf([measured, 'medium-7b'], { routing: 'quality' });
    const { orchestrator, engine, events } = team;
    const step = (id: string, task_type: string, expects: 'text' | 'files') => ({
      id,
      role: 'developer',
      task_type,
      description: `Do ${id}.`,
      expects,
    });
    orchestrator.workflows.register({
      name: 'mixed',
      title: 'Mixed',
      description: 'Steps that need nothing of each other.',
      steps: [
        step('a', 'implementation', 'files'),
        step('b', 'technical_review', 'text'),
        { ...step('c', 'deployment', 'files'), role: 'devops_engineer' },
        step('d', 'technical_review', 'text'),
      ],
    });
    expect((await engine.executeWorkflow('mixed', requirement)).status).toBe('completed');
    expect(eventsOfType(events, 'model.routed')[0]?.data.changes?.count).toBe(1);
    expect(changesOf(team)).toBe(1);
    // The server holds the model of b and d when the run begins.
    expect(eventsOfType(events, 'task.started').map(({ data }) => data.task)).toEqual(['b', 'd', 'a', 'c']);
  });

  it('goes on with what it has chosen, also where it would choose otherwise now', async () => {
    const { engine, orchestrator, events, answers, asked } = await teamOf(['small-1b', 'medium-7b']);
    const run = await interruptedRun({ engine, events, orchestrator });
    (answers['/models'] as { data: object[] }).data.push({ id: 'large-30b', object: 'model' });
    expect((await orchestrator.resumeRun(run)).status).toBe('completed');
    expect(eventsOfType(events, 'model.routed')).toHaveLength(1);
    expect(new Set(asked())).toEqual(new Set(['medium-7b']));
    expect((await orchestrator.rerunFrom(run, { from: 'documentation_creation' })).status).toBe('completed');
    expect(new Set(asked())).toEqual(new Set(['medium-7b']));
  });

  it('says that a model is gone, and goes on with another', async () => {
    const { engine, orchestrator, events, answers, asked } = await teamOf(['small-1b', 'medium-7b', 'tiny-0.5b']);
    const run = await interruptedRun({ engine, events, orchestrator });
    (answers['/models'] as { data: { id: string }[] }).data.splice(1, 1);
    const before = asked().length;
    const result = await orchestrator.resumeRun(run);
    expect(result.status).toBe('completed');
    const again = eventsOfType(events, 'model.routed').at(-1)?.data;
    expect(again?.gone).toMatchObject([{ name: 'medium-7b', why: expect.stringContaining('does not offer it') as string }]);
    expect(new Set(asked().slice(before))).toEqual(new Set(['small-1b']));
    expect((await orchestrator.loadRun(run)).routed?.routes[0]?.name).toBe('small-1b');
  });

  it('fails where the chosen model goes away in the middle, says which, and a retry chooses another', async () => {
    const { engine, orchestrator, events, answers, asked, server } = await teamOf(['small-1b', 'medium-7b']);
    const body = JSON.stringify({ error: { code: 400, message: "model 'medium-7b' not found", type: 'invalid_request_error' } });
    server.setFault(({ body: asked }) => asked['model'] === 'medium-7b', { kind: 'status', status: 400, body });
    const failed = await engine.executeWorkflow('documentation', requirement);
    expect(failed.status).toBe('failed');
    expect(failed.error).toContain('medium-7b');
    (answers['/models'] as { data: { id: string }[] }).data.splice(1, 1);
    expect((await orchestrator.retryRun(failed.workflow_id)).status).toBe('completed');
    expect(
      eventsOfType(events, 'model.routed')
        .at(-1)
        ?.data.gone.map(({ name }) => name),
    ).toEqual(['medium-7b']);
    expect(asked().at(-1)).toBe('small-1b');
  });

  it('never asks what a person has not allowed, and in a private run nothing that is elsewhere', async () => {
    const providers: SettingsInput['providers'] = {
      work: { kind: 'openai', base_url: 'https://203.0.113.9/v1', model: 'gpt-x', api_key: 'sk-test-1' },
    };
    const refused = await teamOf(['small-1b', 'medium-7b'], { providers });
    expect((await refused.engine.executeWorkflow('documentation', requirement)).status).toBe('completed');
    expect(eventsOfType(refused.events, 'model.routed')[0]?.data.leftOut).toMatchObject([
      { name: 'work', why: expect.stringContaining('not on this machine') as string },
    ]);
    const own = await teamOf(['small-1b', 'medium-7b'], { providers, allow_remote: ['https://203.0.113.9'], private: true });
    expect((await own.engine.executeWorkflow('documentation', requirement)).status).toBe('completed');
    expect(eventsOfType(own.events, 'model.routed')[0]?.data.leftOut).toMatchObject([
      { name: 'work', why: expect.stringContaining('The run is private') as string },
    ]);
    expect(new Set(own.asked())).toEqual(new Set(['medium-7b']));
  });

  it('learns how fast its models are from the runs themselves', async () => {
    const cacheFolder = temporaryFolder();
    const { engine, server } = await teamOf(
      ['small-1b', 'medium-7b'],
      {},
      { orchestrator: { cacheFolder }, server: { pace: 1, promptPace: 0.1 } },
    );
    await engine.executeWorkflow('documentation', requirement);
    const known = (await new MeasuredSpeeds(cacheFolder).known())({ address: server.address, model: 'medium-7b' });
    expect(Object.keys(known ?? {}).toSorted()).toEqual(['read', 'write']);
  });
});
