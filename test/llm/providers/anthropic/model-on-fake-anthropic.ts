import { onTestFinished } from 'vitest';
import type { ChatModel } from '../../../../src/llm/chat-model.ts';
import type { ModelConnection } from '../../../../src/llm/model-connection.ts';
import { anthropic } from '../../../../src/llm/providers/anthropic/anthropic.ts';
import { connectAnthropic } from '../../../../src/llm/providers/anthropic/connect-anthropic.ts';
import type { ConnectProviderOptions } from '../../../../src/llm/providers/provider.ts';
import {
  type FakeAnthropicOptions,
  type FakeAnthropicServer,
  startFakeAnthropicServer,
} from '../../../support/fake-anthropic-server/start-fake-anthropic-server.ts';
import { instantClock } from '../../../support/instant-clock.ts';

export interface OnFakeAnthropic {
  server: FakeAnthropicServer;
  connection: ModelConnection;
  model: ChatModel;
  notices: string[];
}

/** The provider `work`, connected to a fake server that ends with the test. */
export async function onFakeAnthropic(
  options: FakeAnthropicOptions = {},
  change: Partial<ConnectProviderOptions> = {},
): Promise<OnFakeAnthropic> {
  const server = await startFakeAnthropicServer(options);
  onTestFinished(() => server.close());
  const { connection, notices } = await connectedTo(server.address, change);
  return { server, connection, model: connection.model(), notices };
}

export async function connectedTo(address: string, change: Partial<ConnectProviderOptions> = {}) {
  const notices: string[] = [];
  const connection = await connectAnthropic(anthropic, {
    name: 'work',
    address,
    apiKey: 'sk-ant-test',
    model: 'claude-fake-5',
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    clock: instantClock(),
    onNotice: (text) => notices.push(text),
    ...change,
  });
  return { connection, notices };
}
