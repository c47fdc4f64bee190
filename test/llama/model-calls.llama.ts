import { describe, expect, inject, test } from 'vitest';
import type { ChatMessage, ChatModel, ChatStreamPart } from '../../src/llm/chat-model.ts';
import { ProtocolClient } from '../support/protocol/protocol-client.ts';
import { eventually } from './eventually.ts';
import { eventsOfType, teamOnLlama } from './team-on-llama.ts';

const say = (role: ChatMessage['role'], text: string): ChatMessage => ({ role, content: [{ type: 'text', text }] });
const messages = [
  say('system', 'You are a software team.'),
  say('user', '# Requirement\n\nA coupon store in Python\n\n# Step 1 of 6: requirements_analysis\n\nYou act as the Business Analyst.'),
];
const sampling = { temperature: 0 };

async function model(): Promise<ChatModel> {
  const connection = await teamOnLlama({ address: inject('llamaAddress') }).orchestrator.connect();
  return connection.model();
}

function textOf(parts: readonly ChatStreamPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

describe('a call', () => {
  test('streams the progress of reading, then text in pieces, and ends with what it cost', async () => {
    const parts = await Array.fromAsync((await model()).stream({ messages, sampling, maxTokens: 400 }));
    const types = parts.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(types).toEqual(['prompt_progress', 'text', 'end']);
    expect(parts.filter(({ type }) => type === 'text').length).toBeGreaterThan(20);
    const end = parts.at(-1);
    expect(end).toMatchObject({ finishReason: 'stop', usage: { promptTokens: expect.any(Number), replyTokens: expect.any(Number) } });
  });

  test('that continues a reply yields only what is new, and comes to the same text', async () => {
    const chat = await model();
    const whole = textOf(await Array.fromAsync(chat.stream({ messages, sampling, maxTokens: 400 })));
    // Before a space tokens end: a text that is cut inside of one is read as other tokens, and may go on otherwise.
    const beginning = whole.slice(0, whole.indexOf(' ', 60));
    expect(beginning.length).toBeGreaterThan(20);
    const parts = await Array.fromAsync(chat.stream({ messages: [...messages, say('assistant', beginning)], sampling, maxTokens: 400 }));
    expect(beginning + textOf(parts)).toBe(whole);
  });

  test('that does not fit is an overflow with both counts', async () => {
    const stream = (await model()).stream({ messages: [say('user', 'a b '.repeat(8192))], sampling });
    await expect(Array.fromAsync(stream)).rejects.toMatchObject({
      kind: 'overflow',
      code: 'model.overflow',
      overflow: { promptTokens: expect.any(Number), contextTokens: 8192 },
    });
  });

  test('is counted exactly before it is sent', async () => {
    const chat = await model();
    const parts = await Array.fromAsync(chat.stream({ messages, sampling, maxTokens: 1 }));
    expect(parts.at(-1)).toMatchObject({ usage: { promptTokens: await chat.countTokens(messages) } });
  });
});

test('a run that is stopped frees the slot, and keeps what has arrived', async () => {
  const controller = new AbortController();
  const { engine, events } = teamOnLlama({
    address: inject('llamaAddress'),
    onEvent: ({ type }) => {
      if (type === 'reply.delta') controller.abort(new Error('enough'));
    },
  });
  const result = await engine.executeWorkflow('analysis', 'A coupon store in Python.', {}, { signal: controller.signal });
  expect(result.status).toBe('interrupted');
  expect(
    eventsOfType(events, 'reply.delta')
      .map(({ data }) => data.text ?? '')
      .join(''),
  ).not.toBe('');
  const client = new ProtocolClient(inject('llamaAddress'));
  await eventually(async () => {
    expect((await client.get('/slots')).body).toMatchObject([{ is_processing: false }]);
  });
});

test('a requirement that the context cannot hold fails the run with both counts and what to do', async () => {
  const { engine } = teamOnLlama({ address: inject('llamaAddress') });
  const result = await engine.executeWorkflow('analysis', 'A coupon store in Python. '.repeat(3000));
  expect(result.status).toBe('failed');
  expect(result.tasks['requirements_gathering']?.error).toMatch(/\d+ tokens.*context has 8192/);
});
