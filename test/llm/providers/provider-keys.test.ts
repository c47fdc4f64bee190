import { describe, expect, it } from 'vitest';
import { type KeyedEntry, requireProviderKey, withKeysFrom } from '../../../src/llm/providers/provider-keys.ts';
import { failure } from '../../config/load-support.ts';

describe('the key of a provider', () => {
  it("comes from the variable that the entry names, else from the provider's usual one; its own wins", () => {
    const environment = { WORK_KEY: ' key-1 ', OPENAI_API_KEY: 'key-2', EMPTY: '  ' };
    const entries: Record<string, KeyedEntry> = {
      named: { kind: 'openai', api_key_env: 'WORK_KEY' },
      usual: { kind: 'openai' },
      own: { kind: 'openai', api_key: 'key-3', api_key_env: 'WORK_KEY' },
      empty: { kind: 'openai', api_key_env: 'EMPTY' },
      local: { kind: 'llama-server' },
      unknown: { kind: 'nothing' },
    };
    const keys = Object.entries(withKeysFrom(entries, environment)).map(([name, entry]) => [name, entry.api_key]);
    expect(Object.fromEntries(keys)).toEqual({
      named: 'key-1',
      usual: 'key-2',
      own: 'key-3',
      empty: undefined,
      local: undefined,
      unknown: undefined,
    });
  });

  it('is asked for where there is none, by the variable that would have it', () => {
    const error = failure(() => requireProviderKey('work', { kind: 'openai', api_key_env: 'WORK_KEY' }));
    expect(error.message).toBe('The provider work (OpenAI) needs a key, and there is none.');
    expect(error.hint).toBe('Set WORK_KEY in your shell to it. A .env file of the project does not count.');
    expect(() => requireProviderKey('home', { kind: 'llama-server' })).not.toThrow();
  });

  it('is refused before anything is sent if it is one of another provider, without being quoted', () => {
    const error = failure(() => requireProviderKey('work', { kind: 'openai', api_key: 'sk-ant-secret' }));
    expect(error.message).toBe('The key of work (OpenAI) is one of Anthropic.');
    expect(`${error.message}${error.hint}`).not.toContain('secret');
    expect(() => requireProviderKey('work', { kind: 'openai', api_key: 'sk-proj-1' })).not.toThrow();
  });

  it('is not looked for where the kind is unknown, which is told with the nearest kind', () => {
    const error = failure(() => requireProviderKey('work', { kind: 'opnai' }));
    expect(error.message).toBe('providers.work has the kind "opnai", which this program does not know.');
    expect(error.hint).toMatch(/^Did you mean openai\? Known kinds: .*openai/);
  });
});
