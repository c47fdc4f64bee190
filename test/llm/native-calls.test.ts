import { describe, expect, it } from 'vitest';
import { readChatChunks } from '../../src/llm/chat/read-chat-chunks.ts';
import type { ChatMessage } from '../../src/llm/chat-model.ts';
import type { ScriptedReply } from '../support/fake-llama-server/plan-reply.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { message, modelOn, question, streamed } from './model-on-fake.ts';
import { onFakeAnthropic } from './providers/anthropic/model-on-fake-anthropic.ts';

const tools = [
  { name: 'read_file', description: 'Reads a file.', parameters: { type: 'object', properties: { path: { type: 'string' } } } },
];
const call = { id: 'c1', name: 'read_file', arguments: '{"path":"a.py"}' };
const callsOf = (parts: { type: string }[]) => parts.filter(({ type }) => type === 'tool_call');

/** What was asked, called and told. */
const told = (answer: string, ...more: ChatMessage[]): ChatMessage[] => [
  ...question,
  { role: 'assistant', content: [{ type: 'tool_call', ...call }] },
  { role: 'user', content: [{ type: 'tool_result', id: 'c1', text: answer }] },
  ...more,
];

describe('a model that is offered tools', () => {
  it('gets them in the request, and its calls come behind its text', async () => {
    await using server = await startFakeLlamaServer({ reply: () => ({ text: 'I look.', calls: [call] }) });
    const { parts, text, end, error } = await streamed(modelOn(server), { tools });
    expect(error).toBeUndefined();
    expect(server.requests[0]?.body['tools']).toEqual([{ type: 'function', function: tools[0] }]);
    expect(text).toBe('I look.');
    expect(parts.slice(-2)).toEqual([{ type: 'tool_call', ...call }, end]);
    expect(end).toMatchObject({ finishReason: 'stop', usage: { reasoningTokens: 0 } });
  });

  it('goes on from what its calls say, and reads none of it twice', async () => {
    const answers: ScriptedReply[] = [{ text: '', calls: [call] }, { text: 'x is 1.' }];
    await using server = await startFakeLlamaServer({ reply: ({ index }) => answers[index]! });
    const model = modelOn(server);
    await streamed(model, { tools });
    const second = await streamed(model, { tools, messages: told('x = 1') });
    expect(second.text).toBe('x is 1.');
    const { readTokens, newTokens, promptTokens } = server.requests[1]!;
    expect(readTokens).toBeLessThan(promptTokens / 2);
    expect(readTokens).toBe(newTokens);
  });

  it('is told what it called wrongly in a form that every template takes', async () => {
    await using server = await startFakeLlamaServer({ reply: () => 'Done.' });
    const broken = told('The arguments are no JSON.').map((one): ChatMessage =>
      one.role === 'assistant' ? { role: 'assistant', content: [{ type: 'tool_call', ...call, arguments: '{"path":' }] } : one,
    );
    expect((await streamed(modelOn(server), { tools, messages: broken })).text).toBe('Done.');
  });

  it('calls nothing where its reply is cut off', async () => {
    await using server = await startFakeLlamaServer({ reply: () => ({ text: 'I look.', calls: [call], finishReason: 'length' }) });
    const { parts, end } = await streamed(modelOn(server), { tools });
    expect([callsOf(parts), end?.finishReason]).toEqual([[], 'length']);
  });

  it('has its prompt counted with them', async () => {
    await using server = await startFakeLlamaServer();
    const model = modelOn(server);
    await streamed(model, { tools });
    expect(await model.countTokens(question, { tools })).toBe(server.requests[0]?.promptTokens);
    expect(await model.countTokens(question)).toBeLessThan(server.requests[0]!.promptTokens);
  });

  it.each<[string, string, { kind: string; code: string }]>([
    [
      'has written what its server cannot read',
      'The model produced output that does not match the expected peg-native format',
      { kind: 'misbehaviour', code: 'model.call_unreadable' },
    ],
    ['cannot be offered any', 'tools param requires --jinja flag', { kind: 'configuration', code: 'model.tools_refused' }],
    ['is out of luck for other reasons', 'CUDA ran out of memory', { kind: 'transient', code: 'server.lost' }],
  ])('%s, and the error says so', async (_, words, expected) => {
    await using server = await startFakeLlamaServer({
      reply: () => 'One two three.',
      faults: [0, 1].map((when) => ({ when, fault: { kind: 'error_event', afterChunks: 1, message: words } as const })),
    });
    expect((await streamed(modelOn(server), { tools })).error).toMatchObject(expected);
    // Where nothing was offered, the words mean nothing else than before.
    expect((await streamed(modelOn(server))).error).toMatchObject({ code: expect.not.stringContaining('call') as string });
  });

  it('is ended where it writes a call without end', async () => {
    async function* endless() {
      const piece = { index: 0, function: { name: 'read_file', arguments: 'x'.repeat(1024 * 1024) } };
      for (;;) yield { choices: [{ delta: { tool_calls: [piece] } }] };
    }
    const read = async () => {
      for await (const _ of readChatChunks({ chunks: endless(), prefill: '', tools, onLife: () => undefined }));
    };
    await expect(read()).rejects.toThrow('its reply has no end');
  });
});

describe("a model behind Anthropic's protocol that is offered tools", () => {
  it('gets them in the request and where the prompt is counted, and its calls come behind its text', async () => {
    const { model, server } = await onFakeAnthropic({ reply: () => 'I look.', call: { name: 'read_file', input: { path: 'a.py' } } });
    const { parts, text, end } = await streamed(model, { tools });
    expect(server.requests[0]?.body.tools).toEqual([
      { name: 'read_file', description: 'Reads a file.', input_schema: tools[0]!.parameters },
    ]);
    expect(text).toBe('I look.');
    expect(parts.slice(-2)).toEqual([{ type: 'tool_call', id: 'toolu_2', name: 'read_file', arguments: '{"path":"a.py"}' }, end]);
    expect(end?.finishReason).toBe('stop');
    expect(await model.countTokens(question, { tools })).toBeTypeOf('number');
  });

  it('has its calls and their results as blocks', async () => {
    const { model, server } = await onFakeAnthropic({ reply: () => 'x is 1.' });
    await streamed(model, { tools, messages: told('x = 1', message('assistant', 'One.'), message('user', 'Sure?')) });
    expect(server.requests[0]?.body.messages?.slice(1, 3)).toMatchObject([
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'read_file', input: { path: 'a.py' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'x = 1' }] },
    ]);
  });
});
