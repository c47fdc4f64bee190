import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import type { FakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { question, streamed } from '../model-on-fake.ts';
import { connectWork } from './connect-support.ts';

/** The kinds whose dialect the fake server speaks, each with how its address is made from the server's. */
export const kindsOnFake = ['llama-server', 'openai', 'azure'] as const;

export type KindOnFake = (typeof kindsOnFake)[number];

/** What the team may rely on at a provider of each kind, as is seen through the contract of a chat model. */
export interface ProviderRow {
  name: string;
  promise: string;
  /** The server answers each chat with ten words; see `replyOfProviders`. */
  observe: (connection: ModelConnection, server: FakeLlamaServer) => Promise<unknown>;
  /** How the server writes. Default: at once. */
  pace?: 'manual';
  expected: Readonly<Record<KindOnFake, unknown>>;
}

export const replyOfProviders = 'One two three four five six seven eight nine ten.';

const everywhere = (value: unknown) => ({ 'llama-server': value, openai: value, azure: value });
const atLlamaServer = { 'llama-server': true, openai: false, azure: false };

export const providerRows: readonly ProviderRow[] = [
  {
    name: 'streaming',
    promise: 'the text arrives in pieces, and the last part says why it ended',
    observe: async (connection) => {
      const { parts, text, end } = await streamed(connection.model());
      return text === replyOfProviders && end?.finishReason === 'stop' && parts.filter(({ type }) => type === 'text').length > 1;
    },
    expected: everywhere(true),
  },
  {
    name: 'usage',
    promise: 'tokens of prompt and reply are told, and on a second reading how many came from the cache',
    observe: async (connection) => {
      await streamed(connection.model());
      const { promptTokens = 0, replyTokens = 0, cachedTokens = 0 } = (await streamed(connection.model())).end?.usage ?? {};
      return promptTokens > 0 && replyTokens > 0 && cachedTokens > 0;
    },
    expected: everywhere(true),
  },
  {
    name: 'progress',
    promise: 'how much of a prompt is read is told while it is read',
    observe: async (connection) => (await streamed(connection.model())).parts.some(({ type }) => type === 'prompt_progress'),
    expected: atLlamaServer,
  },
  {
    name: 'counting',
    promise: 'a prompt is counted exactly before it is sent',
    observe: async (connection) => {
      const counted = await connection.model().countTokens(question);
      return counted !== undefined && counted === (await streamed(connection.model())).end?.usage.promptTokens;
    },
    expected: atLlamaServer,
  },
  {
    name: 'continuing',
    promise: 'a reply that stands last is continued; elsewhere the model is asked to go on',
    observe: (connection) => Promise.resolve(connection.model().capabilities.continuesReplies),
    expected: atLlamaServer,
  },
  {
    name: 'length',
    promise: 'a cap cuts the reply, which is told as `length`',
    observe: async (connection) => (await streamed(connection.model(), { maxTokens: 3 })).end?.finishReason,
    expected: everywhere('length'),
  },
  {
    name: 'schema',
    promise: 'the shape of a reply is asked for with a JSON schema',
    observe: async (connection, server) => {
      await streamed(connection.model(), { format: { name: 'answer', schema: { type: 'object' } } });
      return server.requests.at(-1)?.body['response_format'] !== undefined;
    },
    expected: everywhere(true),
  },
  {
    name: 'key',
    promise: 'the header that has the key, in each request',
    observe: async (connection, server) => {
      await streamed(connection.model());
      const keys = server.calls.map(({ headers }) => Object.keys(headers).filter((name) => String(headers[name]).includes('key-of-work')));
      return [...new Set(keys.flat())].join(', ');
    },
    expected: { 'llama-server': 'authorization', openai: 'authorization', azure: 'api-key' },
  },
  {
    name: 'connecting',
    promise: 'the questions that are asked before the first chat, each once',
    observe: (_, server) => Promise.resolve(server.calls.length > 1 ? 'what it can do' : server.calls.map(({ path }) => path).join()),
    expected: {
      'llama-server': 'what it can do',
      openai: '/v1/models',
      azure: '/openai/deployments/fake-model/chat/completions',
    },
  },
  {
    name: 'cancelling',
    promise: 'aborting a call ends the generation',
    pace: 'manual',
    observe: async (connection, server) => {
      const controller = new AbortController();
      const { signal } = controller;
      const reading = streamed(connection.model(), { signal });
      await server.gate.waiting(1);
      controller.abort(new Error('enough'));
      const { error } = await reading;
      await server.waitUntil(({ requests }) => requests.every(({ outcome }) => outcome !== 'running'));
      return (error as Error).message === 'enough' && server.requests[0]?.outcome === 'aborted';
    },
    expected: everywhere(true),
  },
];

/** A connection of this kind to the server. */
export function connectToFake(kind: KindOnFake, { address }: FakeLlamaServer): Promise<ModelConnection> {
  return connectWork(kind, { address, model: 'fake-model' });
}
