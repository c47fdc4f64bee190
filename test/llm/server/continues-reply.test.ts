import { describe, expect, it } from 'vitest';
import { continuesReply } from '../../../src/llm/server/continues-reply.ts';
import { probeModelServer } from '../../../src/llm/server/probe-model-server.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { write } from '../reply-on-fake.ts';
import { modelOn } from '../model-on-fake.ts';

interface Asked {
  messages: { content: string }[];
}

describe('whether a server continues a reply', () => {
  it.each([
    ['leaves the message open', 200, (text: string) => ({ prompt: `<user>…</user><assistant>${text}` }), true],
    ['leaves it open and ends the line', 200, (text: string) => ({ prompt: `<assistant>${text}\n` }), true],
    ['closes the message', 200, (text: string) => ({ prompt: `<assistant>${text}</assistant><assistant>` }), false],
    ['drops the message', 200, () => ({ prompt: '<user>…</user><assistant>' }), false],
    ['refuses it', 400, () => ({ error: { message: 'Assistant response prefill is incompatible with enable_thinking.' } }), false],
    ['does not know the question', 404, () => ({}), false],
    ['answers with something else', 200, () => 'prompt', false],
  ] as const)('is told by the prompt of one that %s', async (_, status, answer, expected) => {
    const found = await continuesReply(async (_path, body) => {
      const { content = '' } = (body as Asked).messages.at(-1) ?? {};
      return { kind: 'answered', status, body: answer(content) };
    });
    expect(found).toBe(expected);
  });

  it('is no where it does not answer', async () => {
    expect(await continuesReply(async () => ({ kind: 'failed', reason: 'no answer' }))).toBe(false);
  });

  it.each([
    ['echoed', true],
    ['continued', true],
    ['refused', false],
  ] as const)('is found out before anything is asked (prefill %s), and a refusal is then never met', async (prefill, expected) => {
    await using server = await startFakeLlamaServer({ prefill, reply: () => 'One two three.' });
    const found = await probeModelServer({ address: server.address });
    const capabilities = found.state === 'ready' ? found.server.capabilities : undefined;
    expect(capabilities).toEqual({ countsTokens: true, continuesReplies: expected });
    const model = modelOn(server, { server: { capabilities: capabilities ?? { countsTokens: false, continuesReplies: false } } });
    const { reply } = await write({ model, saved: 'One t' });
    expect(reply?.text).toContain('One two three.');
    expect(server.requests).toHaveLength(1);
  });
});
