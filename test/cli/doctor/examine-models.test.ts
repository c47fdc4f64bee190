import { expect, it } from 'vitest';
import { examineModels } from '../../../src/cli/doctor/examine-models.ts';
import type { ServerExamination } from '../../../src/cli/doctor/examine-servers.ts';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { Settings, SettingsInput } from '../../../src/config/settings-schema.ts';

async function examined(given: SettingsInput) {
  const asked: Settings[] = [];
  const result = await examineModels(completeSettings(given), (settings) => {
    asked.push(settings);
    const found: ServerExamination = {
      findings: [{ check: 'server', state: 'ok', message: `at ${JSON.stringify(settings.llm_base_url)}` }],
      speed: { replyTokensPerSecond: asked.length } as ServerExamination['speed'],
      server: asked.length === 1 ? 'present' : 'absent',
    };
    return Promise.resolve(found);
  });
  return { result, asked };
}

const models = { coder: { base_url: 'http://127.0.0.1:2', api_key: 'k2' }, writer: { model: 'nemo' } };

it('examines the default model, then each that has an address of its own, with its own key', async () => {
  const { result, asked } = await examined({ llm_base_url: 'http://127.0.0.1:1', models });
  expect(asked.map(({ llm_base_url, llm_api_key }) => [llm_base_url, llm_api_key])).toEqual([
    ['http://127.0.0.1:1', 'not-needed'],
    ['http://127.0.0.1:2', 'k2'],
  ]);
  expect(result.findings.map(({ message }) => message)).toEqual(['at "http://127.0.0.1:1"', 'models.coder: at "http://127.0.0.1:2"']);
  expect(result.server).toBe('present');
});

it('tells of names that no model has, and examines nothing where the default is one of them', async () => {
  const wrong = await examined({ models, agents: { developer: { model: 'codr' } }, task_models: { testing: 'writr' } });
  expect(wrong.result.findings.filter(({ state }) => state === 'problem').map(({ message }) => message)).toEqual([
    'agents.developer.model names the model "codr", which is not among the models in the settings.',
    'task_models.testing names the model "writr", which is not among the models in the settings.',
  ]);
  const nothing = await examined({ models, default_model: 'codr' });
  expect(nothing.asked).toEqual([]);
  expect(nothing.result).toMatchObject({ server: 'unknown', findings: [{ check: 'models', state: 'problem' }] });
});

it('tells where each run chooses its models and by which figures, and examines every provider that it may choose', async () => {
  const providers: SettingsInput['providers'] = { work: { kind: 'openai', model: 'gpt-x' } };
  const { result, asked } = await examined({ llm_base_url: 'http://127.0.0.1:1', llm_model: 'auto', models, providers });
  expect(asked.map(({ llm_model, llm_provider }) => [llm_model, llm_provider])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    ['gpt-x', 'work'],
  ]);
  const told = result.findings.find(({ check }) => check === 'models');
  expect(told?.message).toMatch(
    /^llm_model is auto: each run chooses among the models of default, coder, work, .+; \d+ models? (?:was|were) measured \(evaluation of \d{4}-\d\d-\d\d\)/,
  );
  const named = await examined({ llm_base_url: 'http://127.0.0.1:1', models, providers });
  expect(named.asked).toHaveLength(2);
  expect(named.result.findings.filter(({ check }) => check === 'models')).toEqual([]);
});
