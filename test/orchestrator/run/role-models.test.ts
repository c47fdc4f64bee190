import { Spending } from '../../../src/llm/cost/spending.ts';
import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import { roleModels } from '../../../src/orchestrator/run/role-models.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';

function limits(input: SettingsInput, { model = 'unknown', role = 'developer' } = {}) {
  const connection = { defaultModel: model, model: (name: string) => ({ name }), server: {} } as unknown as ModelConnection;
  const models = { of: () => ({ chosen: { name: 'default', place: 'default' }, connection, model }) };
  const { limitsOf } = roleModels({
    settings: completeSettings(input),
    models,
    maxParallel: 1,
    tests: 'written',
    spending: new Spending(Infinity, 0),
  })({
    role,
    taskType: 'implementation',
  });
  return {
    files: limitsOf({ taskType: 'implementation', expects: 'files' }),
    text: limitsOf({ taskType: 'architecture_design', expects: 'text' }),
  };
}

describe('sampling', () => {
  it('gives code little freedom and prose more where nothing is known of the model', () => {
    expect(limits({})).toEqual({
      files: { sampling: { temperature: 0.2 }, finalCap: undefined },
      text: { sampling: { temperature: 0.7 }, finalCap: undefined },
    });
  });

  it("is the maker's where the model is known, for code and prose alike", () => {
    const { files, text } = limits({}, { model: 'Qwen3-Coder-30B' });
    expect(files).toEqual({ sampling: { temperature: 0.7, topP: 0.8, minP: 0 }, finalCap: undefined });
    expect(text).toEqual(files);
  });

  it('is decided by the task type before the role, the role before all, and these before the profile', () => {
    const settings: SettingsInput = {
      llm_temperature: 0.5,
      llm_max_tokens: 3000,
      model_profiles: [{ match: 'mine', temperature: 1, top_p: 0.9, files: { top_p: 0.8, seed: 1 } }],
      agents: { developer: { sampling: { temperature: 0.3, max_tokens: 2000, stop: ['END'] } } },
      task_sampling: { implementation: { temperature: 0.1, max_tokens: 4000, chat_template_kwargs: { enable_thinking: false } } },
    };
    expect(limits(settings, { model: 'mine' })).toEqual({
      files: {
        sampling: { temperature: 0.1, topP: 0.8, seed: 1, stop: ['END'], chatTemplateKwargs: { enable_thinking: false } },
        finalCap: 4000,
      },
      text: { sampling: { temperature: 0.3, topP: 0.9, stop: ['END'] }, finalCap: 2000 },
    });
    expect(limits(settings, { model: 'mine', role: 'qa_engineer' }).text).toEqual({
      sampling: { temperature: 0.5, topP: 0.9 },
      finalCap: 3000,
    });
  });

  it('never lets a reply grow beyond what the profile allows its model', () => {
    expect(limits({ llm_max_tokens: 5000 }, { model: 'tiny-team' }).text.finalCap).toBe(700);
    expect(limits({ model_profiles: [{ match: 'x', max_tokens: 900, files: { max_tokens: 1500 } }] }, { model: 'x' })).toMatchObject({
      files: { finalCap: 1500 },
      text: { finalCap: 900 },
    });
  });

  it('reaches the server with each request of the step', async () => {
    const { engine, server } = await teamOnFake({
      settings: {
        max_concurrent_agents: 1,
        agents: { technical_writer: { sampling: { temperature: 0.4, seed: 7 } } },
        task_sampling: { technical_review: { min_p: 0.1, chat_template_kwargs: { enable_thinking: false } } },
      },
    });
    await engine.executeWorkflow('documentation', 'A coupon store.');
    const sent = server.requests.map(({ body: { temperature, seed, min_p, chat_template_kwargs } }) => ({
      temperature,
      seed,
      min_p,
      chat_template_kwargs,
    }));
    expect(sent).toEqual([
      { temperature: 0.7 },
      { temperature: 0.4, seed: 7 },
      { temperature: 0.7, min_p: 0.1, chat_template_kwargs: { enable_thinking: false } },
    ]);
  });

  it('may keep the reasoning of earlier replies in later transcripts where the profile says so', async () => {
    const { engine, server } = await teamOnFake({
      settings: { max_concurrent_agents: 1, model_profiles: [{ match: 'fake', reasoning: 'keep' }] },
      server: { reply: () => ({ text: 'Yes, do so.', reasoning: 'Pondering aloud.' }) },
    });
    await engine.executeWorkflow('analysis', 'A coupon store.');
    const sent = (server.requests.at(-1)?.body['messages'] ?? []) as { role: string; reasoning_content?: string }[];
    const replies = sent.filter(({ role }) => role === 'assistant');
    expect(replies.map((reply) => reply.reasoning_content)).toEqual(Array(3).fill('Pondering aloud.'));
  });
});
