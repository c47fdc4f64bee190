import { describe, expect, it, test } from 'vitest';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { chooseModel, settingsOfPlace } from '../../src/config/named-models.ts';
import { redactSettings, secretsOf } from '../../src/config/redact-settings.ts';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import { failure, load, problem } from './load-support.ts';

const providers = {
  work: { kind: 'openai', model: 'gpt-large', api_key: 'key-of-work', context_tokens: 9000 },
  home: { kind: 'llama-server' },
};
const chosen = (settings: SettingsInput, asked?: string) => chooseModel(completeSettings(settings), asked);

describe('a provider of the settings', () => {
  it('is chosen by its name, or with another of its models behind a slash', () => {
    expect(chosen({ providers }, 'work')).toEqual({ name: 'work', place: 'work', model: 'gpt-large' });
    expect(chosen({ providers }, 'work/gpt-small')).toEqual({ name: 'work/gpt-small', place: 'work', model: 'gpt-small' });
    // What is behind the first slash may have slashes itself.
    expect(chosen({ providers }, 'home/org/model')).toMatchObject({ place: 'home', model: 'org/model' });
    expect(chosen({ providers }, 'home')).toMatchObject({ place: 'home', model: undefined });
  });

  it('is the default where llm_provider names it, and --model then names one of its models', () => {
    expect(chosen({ providers, llm_provider: 'work' })).toMatchObject({ place: 'work', model: 'gpt-large' });
    expect(chosen({ providers, llm_provider: 'work', llm_model: 'gpt-small' })).toMatchObject({ place: 'work', model: 'gpt-small' });
    expect(chosen({ providers, llm_model: 'work/gpt-small' })).toMatchObject({ place: 'work', model: 'gpt-small' });
    expect(chosen({ providers, llm_provider: 'work', default_model: 'home' })).toMatchObject({ place: 'home' });
    expect(chosen({ providers, llm_provider: 'work' }, 'default')).toMatchObject({ place: 'default' });
  });

  it('leaves other names with a slash to the one server there is', () => {
    expect(chosen({ providers }, 'qwen/coder')).toEqual({ name: 'qwen/coder', place: 'default', model: 'qwen/coder' });
  });

  it('is told where its name is not one', () => {
    const error = failure(() => chosen({ providers, llm_provider: 'wrok' }));
    expect(error.code).toBe('provider.unknown');
    expect(error.message).toBe('llm_provider is "wrok", which is no provider in your settings.');
    expect(error.hint).toContain('Did you mean work?');
  });

  it('has, in its place, its own address, model, key and context, and nothing of another server', () => {
    const settings = completeSettings({ providers, llm_base_url: 'http://127.0.0.1:1', llm_api_key: 'k0', llm_context_tokens: 4096 });
    expect(settingsOfPlace(settings, 'work')).toMatchObject({
      llm_provider: 'work',
      llm_base_url: undefined,
      llm_model: 'gpt-large',
      llm_api_key: 'key-of-work',
      llm_context_tokens: 9000,
    });
    expect(settingsOfPlace(settings, 'home')).toMatchObject({
      llm_provider: 'home',
      llm_api_key: 'not-needed',
      llm_context_tokens: undefined,
    });
    expect(settingsOfPlace({ ...settings, llm_provider: 'work' }, 'default')).toMatchObject({ llm_provider: undefined, llm_api_key: 'k0' });
  });

  it('keeps its key to itself', () => {
    const settings = completeSettings({ providers });
    expect(JSON.stringify(redactSettings(settings))).not.toContain('key-of-work');
    expect(secretsOf(settings)).toEqual(['key-of-work']);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'a provider',
      { 'config.yaml': 'providers: { work: { kind: openai } }' },
      'config.yaml:1: providers.work is given, but a file of the project',
    ],
    [
      'the choice of one',
      { 'config.yaml': 'llm_provider: work' },
      'llm_provider is "work", but a file of the project must not decide where',
    ],
    [
      'what stands in for a model',
      { 'config.yaml': 'fallback: [work]' },
      'fallback is given, but a file of the project must not decide where your work is sent when a model is not available',
    ],
    [
      'the choice of one in .env',
      { '.env': 'LLM_PROVIDER=work' },
      'llm_provider is "work", but a file of the project must not decide where',
    ],
  ])('is never accepted from a file of the project: %s', (_, files, said) => {
    expect(problem(files)).toContain(said);
  });

  it('is chosen by the environment', () => {
    const { settings } = load({}, { environment: { LLM_PROVIDER: 'work' }, overrides: { providers } });
    expect(chooseModel(settings)).toMatchObject({ place: 'work' });
  });

  test.each<[string, SettingsInput['providers'], string]>([
    ['without a kind', { work: {} as never }, 'providers.work.kind is missing; expected one line of text'],
    ['with a name that is none', { 'My Work': { kind: 'openai' } }, 'is not a valid name for a provider'],
    ['with the name of the short form', { default: { kind: 'openai' } }, 'the llm_ settings describe that one'],
    ['with a wrong name of a variable', { work: { kind: 'openai', api_key_env: 'MY KEY' } }, 'expected the name of a variable (WORK_KEY)'],
    ['with an unknown name in it', { work: { kind: 'openai', modle: 'x' } as never }, 'did you mean providers.work.model?'],
  ])('is refused %s', (_, given, said) => {
    expect(failure(() => completeSettings({ providers: given })).message).toContain(said);
  });
});
