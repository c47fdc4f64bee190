import { describe, expect, it, test } from 'vitest';
import { chooseModel, settingsOfPlace } from '../../src/config/named-models.ts';
import { withKeysFrom } from '../../src/llm/providers/provider-keys.ts';
import { load, problem } from './load-support.ts';

const shared = { LLM_URL: 'https://models.example/v1', LLM_KEY: 'key-of-mine', LLM_MODEL: 'large', LLM_VERSION: '2024-05-01-preview' };
const withAll = (environment: Record<string, string>, files: Record<string, string> = {}) => {
  const loaded = load(files, { environment });
  return { ...loaded, providers: withKeysFrom(loaded.settings.providers, environment) };
};

describe('variables with the names of an earlier system', () => {
  test.each(['openai', 'anthropic', 'azure'])('LLM_PROVIDER=%s has its address, key and model in them', (kind) => {
    const { settings, providers, sources } = withAll({ ...shared, LLM_PROVIDER: kind });
    expect(providers).toEqual({
      [kind]: {
        kind,
        base_url: shared.LLM_URL,
        model: 'large',
        api_key_env: 'LLM_KEY',
        api_key: 'key-of-mine',
        ...(kind === 'azure' ? { api_version: '2024-05-01-preview' } : {}),
      },
    });
    expect(chooseModel(settings)).toMatchObject({ place: kind, model: 'large' });
    expect(sources[`providers.${kind}`]).toEqual({ environment: 'LLM_PROVIDER' });
  });

  it('LLM_PROVIDER=local is the server of the llm_ settings', () => {
    const { settings } = withAll({ LLM_PROVIDER: 'local', LLM_URL: 'http://127.0.0.1:1/v1', LLM_MODEL: 'coder' });
    expect(settings).toMatchObject({ llm_base_url: 'http://127.0.0.1:1/v1', llm_model: 'coder', providers: {} });
    expect(chooseModel(settings)).toEqual({ name: 'default', place: 'default', model: 'coder' });
    expect(settingsOfPlace(settings, 'default').llm_provider).toBeUndefined();
  });

  it('a provider needs none of them: the usual variable has its key, and --model names its model', () => {
    const environment = { LLM_PROVIDER: 'openai', OPENAI_API_KEY: 'usual' };
    const { settings, providers } = withAll(environment);
    expect(providers).toEqual({ openai: { kind: 'openai', api_key: 'usual' } });
    expect(chooseModel({ ...settings, llm_model: 'gpt-5' })).toMatchObject({ place: 'openai', model: 'gpt-5' });
  });

  it('LLM_TPM and LLM_MIN_INTERVAL limit a provider, and are told where they are no numbers', () => {
    const environment = { LLM_PROVIDER: 'openai', LLM_TPM: '20000', LLM_MIN_INTERVAL: '10' };
    expect(withAll(environment).providers).toEqual({ openai: { kind: 'openai', tokens_per_minute: 20_000, min_interval: 10 } });
    expect(problem({}, { environment: { ...environment, LLM_TPM: 'many' } })).toContain('LLM_TPM');
  });

  it('BOTSERVER_URL is the address of a botserver, and ENABLE_BOTSERVER_FACADE its switch', () => {
    const address = { BOTSERVER_URL: 'http://127.0.0.1:2' };
    const entry = { kind: 'botserver', base_url: 'http://127.0.0.1:2' };
    expect(withAll({ ...address, LLM_PROVIDER: 'botserver' }).providers).toEqual({ botserver: entry });
    const switched = withAll({ ...address, ENABLE_BOTSERVER_FACADE: 'true', LLM_PROVIDER: 'local' });
    expect(switched.providers).toEqual({ botserver: entry });
    expect(chooseModel(switched.settings)).toMatchObject({ place: 'botserver' });
    expect(withAll({ ...address, ENABLE_BOTSERVER_FACADE: 'false' }).providers).toEqual({});
  });

  it('a botserver beside another provider gets neither its key nor its model', () => {
    const { providers } = withAll({
      ...shared,
      LLM_PROVIDER: 'azure',
      ENABLE_BOTSERVER_FACADE: 'true',
      BOTSERVER_URL: 'http://127.0.0.1:2',
      LLM_TPM: '9',
    });
    expect(providers['botserver']).toEqual({ kind: 'botserver', base_url: 'http://127.0.0.1:2' });
    expect(providers['azure']).toMatchObject({ api_key: 'key-of-mine', model: 'large' });
    const named = withAll({ ...shared, LLM_PROVIDER: 'botserver', BOTSERVER_URL: 'http://127.0.0.1:2' }).providers['botserver'];
    expect(named).toMatchObject({ api_key: 'key-of-mine', model: 'large' });
  });

  test.each([
    [{ LLM_PROVIDER: 'azure' }, ['default']],
    [{ LLM_PROVIDER: 'botserver' }, ['default']],
    [{ ENABLE_BOTSERVER_FACADE: 'true', LLM_PROVIDER: 'azure' }, ['azure', 'default']],
    [{ ENABLE_BOTSERVER_FACADE: 'true' }, ['default']],
    [{ LLM_PROVIDER: 'local' }, []],
    [{}, []],
  ])('FALLBACK_TO_LOCAL with %o has %j stand in', (environment, fallback) => {
    expect(withAll({ ...environment, FALLBACK_TO_LOCAL: 'true' }).settings.fallback).toEqual(fallback);
    expect(withAll({ ...environment, FALLBACK_TO_LOCAL: 'false' }).settings.fallback).toEqual([]);
  });

  it('PROJECT_PATH is the workspace, beside a provider of an older name alone', () => {
    const { directory, settings } = withAll({ LLM_PROVIDER: 'local', PROJECT_PATH: 'below' });
    expect(settings.workspace).toBe(`${directory}/below`);
    const alone = withAll({ PROJECT_PATH: 'below' });
    expect(alone.settings.workspace).toBe(alone.directory);
  });

  it('give nothing without a provider of an older name, and nothing that an entry of that name says itself', () => {
    const { settings: without } = withAll(shared);
    expect([without.providers, without.llm_base_url, without.llm_model]).toEqual([{}, undefined, undefined]);
    const own = { kind: 'azure', base_url: 'https://mine.example' };
    const { settings } = load({}, { environment: { ...shared, LLM_PROVIDER: 'azure' }, overrides: { providers: { azure: own } } });
    expect(settings.providers).toEqual({ azure: own });
  });

  it('are told by their own name where their value is wrong', () => {
    expect(problem({}, { environment: { LLM_PROVIDER: 'openai', LLM_URL: 'https://' } })).toMatch(
      /^environment variable LLM_URL: providers\.openai\.base_url is/,
    );
  });

  it('do not count in the .env of a project, and the message says what to do', () => {
    expect(problem({ '.env': 'LLM_PROVIDER=azure\nLLM_URL=https://models.example\nLLM_KEY=k' })).toContain('.env, LLM_PROVIDER');
  });

  it('a server that a later source names is used in place of the provider', () => {
    const { settings } = load({}, { environment: { ...shared, LLM_PROVIDER: 'azure' }, overrides: { llm_base_url: 'http://127.0.0.1:3' } });
    expect(chooseModel(settings)).toMatchObject({ place: 'default' });
    const other = load({}, { environment: { ...shared, LLM_PROVIDER: 'azure', OPENAI_API_BASE: 'http://127.0.0.1:3' } });
    expect(chooseModel(other.settings)).toMatchObject({ place: 'azure' });
  });
});
