import { describe, expect, it } from 'vitest';
import { oneAddress } from '../../../src/llm/providers/one-address.ts';
import { findProvider, providerKinds } from '../../../src/llm/providers/provider-registry.ts';

describe('findProvider', () => {
  it('refuses an unknown kind, and names the nearest', () => {
    const find = () => findProvider('opnai', 'work');
    const hint = `Did you mean openai? Known kinds: ${providerKinds().join(', ')}.`;
    expect(find).toThrow(expect.objectContaining({ code: 'provider.unknown_kind', category: 'usage', hint }));
  });
});

describe('oneAddress', () => {
  it.each([
    ['provider.no_address', undefined],
    [
      'provider.several_addresses',
      [
        { address: 'https://a.example', weight: 1 },
        { address: 'https://b.example', weight: 1 },
      ],
    ],
  ])('refuses with %s', (code, servers) => {
    const provider = { ...findProvider('openai', 'work'), address: undefined };
    const find = () => oneAddress(provider, { name: 'work', servers } as Parameters<typeof oneAddress>[1]);
    expect(find).toThrow(expect.objectContaining({ code, category: 'usage', hint: expect.stringContaining('base_url of providers.work') }));
  });
});
