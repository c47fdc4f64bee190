import { expect, it } from 'vitest';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import { priceConnection } from '../../../src/llm/cost/price-connection.ts';

function connectionTo(address: string, more: Partial<ModelConnection> = {}): ModelConnection {
  return { server: { address, engine: 'server' }, defaultModel: 'large', ...more } as ModelConnection;
}

const given = { input: 4, output: 8 };
const free = { kind: 'free' };
const unknown = { kind: 'unknown' };

it.each<[string, ModelConnection, typeof given | undefined, object]>([
  ['a model on this machine costs nothing', connectionTo('http://127.0.0.1:8080/v1'), undefined, free],
  ['one in this network neither', connectionTo('http://192.168.0.7:8080/v1'), undefined, free],
  ['the embedded engine neither', connectionTo('', { server: { address: 'x', engine: 'embedded' } as never }), undefined, free],
  ['one elsewhere is not taken to be free', connectionTo('https://203.0.113.9/v1'), undefined, unknown],
  ['what is no address neither', connectionTo('nowhere'), undefined, unknown],
  [
    'of several servers the farthest counts',
    connectionTo('http://127.0.0.1:8080/v1', {
      servers: [{ address: 'http://127.0.0.1:1/v1' }, { address: 'https://203.0.113.9/v1' }] as never,
    }),
    undefined,
    unknown,
  ],
  [
    'what the settings say counts anywhere',
    connectionTo('http://127.0.0.1:8080/v1'),
    given,
    { kind: 'priced', prices: { input: 4, cachedInput: 4, cacheWrite: 5, output: 8 } },
  ],
  ['what a connection itself knows stays', connectionTo('https://203.0.113.9/v1', { priceOf: () => ({ kind: 'free' }) }), given, free],
])('%s', async (_, connection, settings, price) => {
  const priced = await priceConnection(connection, {
    givenFor: (model) => (model === 'large' ? settings : undefined),
    cacheWriteFactor: 1.25,
  });
  expect(priced.priceOf?.()).toEqual(price);
});
