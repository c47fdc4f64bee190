import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningEmbeddedServer, startEmbeddedServer } from '../../../src/local-engine/embedded/start-embedded-server.ts';
import { type FakeLlamaServer, startFakeLlamaServer } from '../fake-llama-server/start-fake-llama-server.ts';
import { type FakeAnthropicServer, startFakeAnthropicServer } from '../fake-anthropic-server/start-fake-anthropic-server.ts';
import { testAnthropicProtocol, testProtocol } from './conformance.ts';
import { protocolPage } from './protocol-page.ts';

describe('the fake server', () => {
  let server: FakeLlamaServer;
  beforeAll(async () => {
    // Long enough to be still under way when a client goes away.
    server = await startFakeLlamaServer({
      contextTokens: 4096,
      reply: () => 'Alpha beta gamma delta epsilon zeta eta theta. '.repeat(200),
    });
  });
  afterAll(() => server.close());
  testProtocol('fake', () => server.address);
});

describe('the embedded server', () => {
  let server: RunningEmbeddedServer;
  beforeAll(async () => {
    server = await startEmbeddedServer({ contextTokens: 4096 });
  });
  afterAll(() => server.stop());
  testProtocol('embedded', () => server.address);
});

describe('the fake server of Anthropic', () => {
  let server: FakeAnthropicServer;
  beforeAll(async () => {
    server = await startFakeAnthropicServer({ reply: () => 'Alpha beta gamma delta epsilon zeta eta theta. '.repeat(20) });
  });
  afterAll(() => server.close());
  testAnthropicProtocol('fake', () => server.address);
});

describe('docs/protocol.md', () => {
  test('says what the table says', async () => {
    await expect(protocolPage()).toMatchFileSnapshot(join(import.meta.dirname, '..', '..', '..', 'docs', 'protocol.md'));
  });
});
