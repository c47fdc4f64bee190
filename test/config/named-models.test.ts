import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { chooseModel, choosesModels, settingsOfPlace } from '../../src/config/named-models.ts';
import { redactSettings, secretsOf } from '../../src/config/redact-settings.ts';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import { isAddressAllowed } from '../../src/llm/server/require-local-address.ts';
import { connectOptions } from '../../src/orchestrator/connect-options.ts';
import { failure, load, problem } from './load-support.ts';
import { temporaryProject } from './temporary-project.ts';

const models = {
  coder: { base_url: 'http://127.0.0.1:8081/v1', model: 'qwen', api_key: 'k1', context_tokens: 8192 },
  writer: { model: 'nemo' },
};
const chosen = (settings: SettingsInput, asked?: string) => chooseModel(completeSettings(settings), asked);

describe('a model of the settings', () => {
  it('is meant by its name; without one the default is, and the llm_ settings are the short form of that', () => {
    expect(chosen({ models }, 'coder')).toEqual({ name: 'coder', place: 'coder', model: 'qwen' });
    expect(chosen({ models, llm_model: 'big' }, 'writer')).toEqual({ name: 'writer', place: 'default', model: 'nemo' });
    expect(chosen({ models, llm_model: 'big' })).toEqual({ name: 'default', place: 'default', model: 'big' });
    expect(chosen({ models, default_model: 'coder' })).toMatchObject({ name: 'coder' });
    expect(chosen({ models, default_model: 'coder' }, 'default')).toMatchObject({ name: 'default', place: 'default' });
    // As --model names it.
    expect(chosen({ models, llm_model: 'coder' })).toMatchObject({ name: 'coder', place: 'coder' });
  });

  it('is left to each run by the word auto, which no server is ever asked for', () => {
    const auto = completeSettings({ models, llm_model: 'auto', providers: { work: { kind: 'openai', model: 'gpt-x' } } });
    expect([choosesModels(auto), choosesModels(completeSettings({ models })), choosesModels({ ...auto, default_model: 'coder' })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(chooseModel(auto)).toEqual({ name: 'default', place: 'default' });
    expect(chooseModel({ ...auto, llm_provider: 'work' })).toMatchObject({ name: 'work', model: 'gpt-x' });
    expect(settingsOfPlace(auto, 'default').llm_model).toBeUndefined();
    expect(settingsOfPlace(auto, 'coder').llm_model).toBe('qwen');
    // Unless somebody has called a model so.
    const own = completeSettings({ models: { auto: { model: 'mine' } }, llm_model: 'auto' });
    expect([choosesModels(own), chooseModel(own)]).toEqual([false, { name: 'auto', place: 'default', model: 'mine' }]);
  });

  it('may be any model of the one server where the settings name none', () => {
    expect(chosen({}, 'whatever')).toEqual({ name: 'whatever', place: 'default', model: 'whatever' });
    expect(() => chosen({ default_model: 'whatever' })).toThrow('default_model names the model "whatever"');
  });

  it('is, in its place, what the llm_ settings would say of it', () => {
    const settings = completeSettings({ models, llm_base_url: 'http://127.0.0.1:1', llm_api_key: 'k0', llm_model: 'big' });
    expect(settingsOfPlace(settings, 'coder')).toMatchObject({
      llm_base_url: 'http://127.0.0.1:8081/v1',
      llm_model: 'qwen',
      llm_api_key: 'k1',
      llm_context_tokens: 8192,
      engine: 'server',
    });
    // The key of one server never goes to another.
    const other = completeSettings({ ...settings, models: { coder: { base_url: 'http://127.0.0.1:2' } } });
    expect(settingsOfPlace(other, 'coder')).toMatchObject({
      llm_api_key: 'not-needed',
      llm_model: undefined,
      llm_context_tokens: undefined,
    });
    expect(settingsOfPlace(settings, 'default')).toMatchObject({ llm_base_url: 'http://127.0.0.1:1', llm_api_key: 'k0', llm_model: 'big' });
  });

  test.each<[string, SettingsInput, string]>([
    [
      'neither an address nor a name',
      { models: { a: {} } },
      'models.a is a group of names; expected a model with its address or its name on the server',
    ],
    ['a key without an address', { models: { a: { model: 'x', api_key: 'k' } } }, 'expected base_url beside api_key or context_tokens'],
    [
      'the name of the short form',
      { models: { default: { model: 'x' } } },
      'models.default is not a valid name for a model; the llm_ settings describe that one',
    ],
    [
      'a name that is none',
      { models: { 'A B': { model: 'x' } } },
      'is not a valid name for a model; expected a name of lower-case letters',
    ],
    [
      'an unknown name',
      { models: { a: { model: 'x', base_ur: 'y' } } as never },
      'models.a.base_ur is not a setting; did you mean models.a.base_url?',
    ],
    [
      'a wrong value in its profile',
      { models: { a: { model: 'x', profile: { temperature: 9 } } } },
      'models.a.profile.temperature is 9; expected a number from 0 to 2',
    ],
  ])('with %s is refused', (_, settings, message) => {
    expect(() => completeSettings(settings)).toThrow(message);
  });

  it('keeps its key to itself', () => {
    const settings = completeSettings({ models: { a: { base_url: 'http://u:p@127.0.0.1:1/?key=secret', api_key: 'sk-of-a' } } });
    expect(secretsOf(settings)).toEqual(['sk-of-a']);
    const shown = JSON.stringify(redactSettings(settings));
    for (const secret of ['sk-of-a', 'secret', 'u:p']) expect(shown).not.toContain(secret);
  });
});

describe('a later source', () => {
  it('replaces a model as a whole, so that no key comes to an address from somewhere else', () => {
    const own = temporaryProject({ 'config.yaml': 'models:\n  a: { base_url: "http://127.0.0.1:1", api_key: mine }\n  b: { model: b }\n' });
    const { settings, sources } = load({ 'config.yaml': 'models:\n  a: { base_url: "http://127.0.0.1:2" }\n' }, { ownFolder: own });
    expect(settings.models).toEqual({ a: { base_url: 'http://127.0.0.1:2' }, b: { model: 'b' } });
    expect(sources['models.b']).toEqual({ file: join(own, 'config.yaml'), line: 3 });
  });

  it('that names a server or a model means that one, whatever an earlier one has for the default', () => {
    const file = { 'config.yaml': 'models:\n  a: { base_url: "http://127.0.0.1:1" }\ndefault_model: a\n' };
    expect(load(file).settings.default_model).toBe('a');
    expect(load(file, { overrides: { llm_base_url: 'http://127.0.0.1:9' } }).settings.default_model).toBeUndefined();
    expect(load(file, { environment: { OPENAI_API_MODEL: 'x' } }).settings.default_model).toBeUndefined();
    expect(load(file, { overrides: { llm_base_url: 'http://127.0.0.1:9', default_model: 'a' } }).settings.default_model).toBe('a');
  });
});

describe('a file of the project', () => {
  it('may name models and servers of this machine', () => {
    const text =
      'models:\n  a: { base_url: "http://127.0.0.1:1", api_key: local }\n  b: { model: x }\ndefault_model: a\ntask_models: { testing: b }\n';
    expect(load({ 'config.yaml': text }).settings).toMatchObject({ models: { a: { api_key: 'local' } }, default_model: 'a' });
  });

  it('may not name a server elsewhere, nor a key for one', () => {
    const remote = 'models:\n  a: { base_url: "http://evil.example" }\n';
    expect(problem({ 'config.yaml': remote })).toMatch(/config\.yaml:2: models\.a names http:\/\/evil\.example/);
    const directory = temporaryProject({ 'config.yaml': remote });
    expect(failure(() => loadSettings({ environment: {}, directory })).hint).toMatch(/put this model into your own settings/);
    const consent = { environment: { MULTIAGENT_ALLOW_REMOTE: 'https://models.example' } };
    expect(
      load({ 'config.yaml': 'models:\n  a: { base_url: "https://models.example/v1" }\n' }, consent).settings.models['a'],
    ).toBeDefined();
    const withKey = 'models:\n  a: { base_url: "https://models.example/v1", api_key: theirs }\n';
    expect(problem({ 'config.yaml': withKey }, consent)).toMatch(/models\.a would be sent to https:\/\/models\.example\/v1/);
  });
});

it('consent counts for each address by itself', () => {
  const settings = completeSettings({
    allow_remote: 'https://one.example',
    models: { one: { base_url: 'https://one.example/v1' }, two: { base_url: 'https://two.example/v1' } },
  });
  const isAllowed = (place: string) => {
    const { address = '', remote } = connectOptions(settingsOfPlace(settings, place));
    return isAddressAllowed(address, remote);
  };
  expect(['one', 'two'].map(isAllowed)).toEqual([true, false]);
});
