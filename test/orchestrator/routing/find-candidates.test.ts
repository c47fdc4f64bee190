import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { findCandidates } from '../../../src/orchestrator/routing/find-candidates.ts';
import { connectionOf, listedModel } from './connection-of.ts';

const refused = (code: string) => new ModelError({ kind: 'refused', code, message: `${code}.` });

/** What is found where these can be connected; all other places answer nobody. */
async function found(places: Record<string, ModelConnection | Error>, settings: SettingsInput = {}) {
  const looked: string[] = [];
  const result = await findCandidates({
    settings: completeSettings({ llm_model: 'auto', ...settings }),
    async look(place) {
      looked.push(place);
      const connection = places[place] ?? refused('server.not_found');
      if (connection instanceof Error) throw connection;
      return connection;
    },
    signal: new AbortController().signal,
  });
  const shown = result.candidates.map(({ name, place, model }) => `${name} at ${place}: ${model}`);
  return { ...result, shown, looked, left: result.leftOut.map(({ name, error }) => `${name}: ${error.code}`) };
}

describe('the models that a run may choose among', () => {
  it('are the one of a server that has one', async () => {
    expect((await found({ default: connectionOf(['qwen-7b.gguf']) })).shown).toEqual(['default at default: qwen-7b.gguf']);
  });

  it('are those that a server lists for chat', async () => {
    const models = ['coder-7b', listedModel('nomic-embed', { kind: 'other' }), 'org/writer-3b.gguf', 'coder-7b-base'];
    expect((await found({ default: connectionOf(models) })).shown).toEqual([
      'coder-7b at default: coder-7b',
      'writer-3b.gguf at default: org/writer-3b.gguf',
    ]);
  });

  it('have the names and profiles of the settings, and those that the server does not offer are left out', async () => {
    const settings: SettingsInput = {
      models: {
        prose: { model: 'writer-3b', profile: { temperature: 0.9 } },
        gone: { model: 'nobody-has-this' },
        other: { base_url: 'http://127.0.0.1:2/v1' },
      },
    };
    const { shown, candidates, left, leftOut } = await found(
      { default: connectionOf(['coder-7b', 'writer-3b']), other: connectionOf(['x-1b', 'y-1b']) },
      settings,
    );
    expect(shown).toEqual(['coder-7b at default: coder-7b', 'prose at default: writer-3b', 'other at other: x-1b']);
    expect(candidates.find(({ name }) => name === 'prose')?.chosen.profile).toEqual({ temperature: 0.9 });
    expect(left).toEqual(['gone: model.not_offered']);
    expect(leftOut[0]?.error).toMatchObject({ code: 'model.not_offered', hint: 'It has coder-7b, writer-3b.' });
  });

  it('are no place that a person has not allowed, that has no key, or that nobody answers at', async () => {
    const settings: SettingsInput = {
      models: { lan: { base_url: 'http://192.168.1.9:8080/v1' } },
      providers: { work: { kind: 'openai', model: 'gpt-x', api_key_env: 'NONE' } },
    };
    const places = { default: connectionOf(['coder-7b']), lan: refused('server.remote_refused'), work: refused('provider.no_key') };
    const { shown, left } = await found(places, settings);
    expect(shown).toEqual(['default at default: coder-7b']);
    expect(left).toEqual(['lan: server.remote_refused', 'work: provider.no_key']);
  });

  it('are known to be elsewhere, and how many a server holds', async () => {
    const settings: SettingsInput = { providers: { work: { kind: 'openai', model: 'gpt-x' } } };
    const here = connectionOf([listedModel('a-7b', { loaded: true }), listedModel('b-7b', { loaded: true, size: 7 }), 'c-7b']);
    const { candidates, hosts } = await found(
      { default: here, work: connectionOf(['gpt-x'], { address: 'https://203.0.113.1/v1' }) },
      settings,
    );
    expect(candidates.map(({ name, where, size }) => [name, where, size])).toEqual([
      ['a-7b', 'here', 7],
      ['b-7b', 'here', 7],
      ['c-7b', 'here', 7],
      ['work', 'elsewhere', undefined],
    ]);
    expect(hosts.get('default')).toEqual({ atOnce: 2, loaded: ['a-7b', 'b-7b'] });
    const told = await found({ default: connectionOf(['a-7b', 'b-7b'], { modelsAtOnce: 3 }) });
    expect(told.hosts.get('default')).toEqual({ atOnce: 3, loaded: [] });
  });

  it('cost what their places say, nothing on this machine, and elsewhere what nobody knows', async () => {
    const settings: SettingsInput = { providers: { work: { kind: 'openai', model: 'a' }, other: { kind: 'openai', model: 'b' } } };
    const far = connectionOf(['a'], { address: 'https://203.0.113.1/v1' });
    const prices = { input: 2, cachedInput: 1, cacheWrite: 2, output: 8 };
    const work = { ...far, priceOf: () => ({ kind: 'priced' as const, prices }) };
    const { candidates } = await found({ default: connectionOf(['x-7b']), work, other: far }, settings);
    expect(candidates.map(({ price }) => price)).toEqual([{ read: 0, write: 0 }, { read: 2, write: 8 }, undefined]);
    const bounded = await found({ default: connectionOf(['x-7b']), work, other: far }, { ...settings, budget: 1 });
    expect([bounded.candidates.map(({ name }) => name), bounded.left]).toEqual([['default', 'work'], [expect.stringContaining('other: ')]]);
  });

  it('are one for several servers that stand for one model', async () => {
    const several = { ...connectionOf(['a', 'b']), servers: [connectionOf(['a']).server, connectionOf(['a']).server] };
    expect((await found({ default: several })).shown).toEqual(['default at default: a']);
  });

  it('are not found where the program itself is at fault, or was stopped', async () => {
    await expect(found({ default: new TypeError('a defect') })).rejects.toThrow('a defect');
  });

  it('of a server that lists thousands are the first of them', async () => {
    const names = Array.from({ length: 4000 }, (_, index) => `m${index}-7b`);
    expect((await found({ default: connectionOf(names) })).candidates).toHaveLength(30);
  });
});
