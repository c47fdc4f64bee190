import type { ChatMessage, ChatModel, ChatRequest, ChatStreamPart } from '../../src/llm/chat-model.ts';
import { OpenAiChatModel, type OpenAiChatModelOptions } from '../../src/llm/open-ai-chat-model.ts';
import { usualReach } from '../../src/llm/chat/server-reach.ts';
import type { ModelServer } from '../../src/llm/server/model-server.ts';
import type { FakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';

/** A message of one text part. */
export function message(role: ChatMessage['role'], text: string): ChatMessage {
  return { role, content: [{ type: 'text', text }] };
}

export const question: ChatMessage[] = [message('system', 'You are a team.'), message('user', 'Count.')];

type ModelChange = Partial<Omit<OpenAiChatModelOptions, 'server'>> & { server?: Partial<OpenAiChatModelOptions['server']> };

export function modelOn({ address }: Pick<FakeLlamaServer, 'address'>, { server, ...change }: ModelChange = {}): ChatModel {
  const asked: ModelServer = {
    address,
    engine: 'server',
    models: ['fake-model'],
    dialect: 'llama-server',
    capabilities: { countsTokens: true, continuesReplies: true },
    ...server,
  };
  return new OpenAiChatModel({
    model: 'fake-model',
    timeoutMilliseconds: 60_000,
    reach: usualReach(asked, change.apiKey),
    ...change,
    server: asked,
  });
}

export interface Streamed {
  parts: ChatStreamPart[];
  text: string;
  reasoning: string;
  end: Extract<ChatStreamPart, { type: 'end' }> | undefined;
  /** What ended the stream early. */
  error: unknown;
}

/** The whole stream, also of one that breaks. */
export async function streamed(model: ChatModel, request: Partial<ChatRequest> = {}): Promise<Streamed> {
  const parts: ChatStreamPart[] = [];
  let error: unknown;
  try {
    for await (const part of model.stream({ messages: question, ...request })) parts.push(part);
  } catch (caught) {
    error = caught;
  }
  const joined = (type: 'text' | 'reasoning') => parts.map((part) => (part.type === type ? part.text : '')).join('');
  return { parts, text: joined('text'), reasoning: joined('reasoning'), end: parts.find((part) => part.type === 'end'), error };
}
