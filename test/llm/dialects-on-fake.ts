import type { ChatModel } from '../../src/llm/chat-model.ts';
import type { FakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { modelOn } from './model-on-fake.ts';
import { connectWork } from './providers/connect-support.ts';

export interface DialectOptions {
  timeoutMilliseconds: number;
}

/** A model of the fake server for each dialect that the fake server speaks. */
export const dialectsOnFake: Readonly<Record<string, (server: FakeLlamaServer, options: DialectOptions) => Promise<ChatModel>>> = {
  'llama-server': (server, options) => Promise.resolve(modelOn(server, options)),
  openai: async ({ address }, options) => (await connectWork('openai', { address, model: 'fake-model', ...options })).model(),
  azure: async ({ address }, options) => (await connectWork('azure', { address, model: 'fake-model', ...options })).model(),
};
