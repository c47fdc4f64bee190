import { onTestFinished } from 'vitest';
import type { ChatMessage, ChatModel } from '../../../src/llm/chat-model.ts';
import { connectServer } from '../../../src/llm/connect-server.ts';
import type { ConnectServerOptions } from '../../../src/llm/model-connection.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { message } from '../model-on-fake.ts';

/** A connection to a fake server with slots that can be saved. Both end with the test. */
export async function connectToFake(options: FakeLlamaServerOptions = {}, change: Partial<ConnectServerOptions> = {}) {
  const server = await startFakeLlamaServer({ slots: 2, savesSlots: 'yes', reply: () => 'One two three.', ...options });
  const connection = await connectServer({
    engine: 'server',
    address: server.address,
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    clock: instantClock(),
    ...change,
  });
  onTestFinished(async () => {
    await connection.close();
    await server.close();
  });
  const model = connection.model() as Required<ChatModel>;
  return { server, connection, model };
}

/** What several requests begin with: some hundred tokens. */
export const beginning: ChatMessage[] = [
  message('system', 'You are a team.'),
  message('user', 'Keep the requirement in mind. '.repeat(60)),
  message('assistant', 'It is kept in mind. '.repeat(40)),
];

export function branch(name: string): ChatMessage[] {
  return [...beginning, message('user', `# Step for ${name}`)];
}

/** The text of a whole reply. */
export async function replyTo(model: ChatModel, messages: ChatMessage[], signal?: AbortSignal): Promise<string> {
  let text = '';
  for await (const part of model.stream({ messages, signal })) if (part.type === 'text') text += part.text;
  return text;
}
