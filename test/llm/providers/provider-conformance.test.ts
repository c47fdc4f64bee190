import { describe, expect, it } from 'vitest';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { connectToFake, kindsOnFake, providerRows, replyOfProviders } from './provider-conformance.ts';

describe.each(kindsOnFake)('the table of providers in docs/protocol.md, at %s', (kind) => {
  it.each(providerRows)('$name: $promise', async ({ observe, expected, pace = 0 }) => {
    await using server = await startFakeLlamaServer({ reply: () => replyOfProviders, pace });
    const connection = await connectToFake(kind, server);
    expect(await observe(connection, server)).toEqual(expected[kind]);
  });
});
