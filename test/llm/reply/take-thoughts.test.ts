import { describe, expect, it } from 'vitest';
import type { ChatModel, ChatStreamPart } from '../../../src/llm/chat-model.ts';
import { write } from '../reply-on-fake.ts';

const end: ChatStreamPart = { type: 'end', finishReason: 'stop', usage: {} };

function modelSaying(...calls: ChatStreamPart[][]): ChatModel & { asked: number } {
  const model = {
    name: 'm',
    asked: 0,
    capabilities: { countsTokens: false, continuesReplies: true },
    async *stream() {
      yield* calls[model.asked++] ?? [end];
    },
    countTokens: async () => undefined,
  };
  return model;
}

describe('text that turns out to be thoughts', () => {
  it('is no part of the reply, is told as a cut, and counts as no repetition', async () => {
    const model = modelSaying([{ type: 'text', text: 'A draft. ' }, { type: 'thoughts_ended' }, { type: 'text', text: 'Yes.' }, end]);
    const { reply, updates } = await write({ model });
    expect(reply).toMatchObject({ text: 'Yes.', reasoning: 'A draft. ', cuts: [], finishReason: 'stop' });
    expect(updates).toContainEqual({ type: 'cut', call: 1, at: 0, removed: 9, why: 'thoughts' });
  });

  it('leaves the sampling as it was where a later attempt goes on', async () => {
    const model = modelSaying([{ type: 'text', text: ' Yes.' }, end]);
    const thoughts = { at: 0, removed: 9, why: 'thoughts' } as const;
    const { reply } = await write({ model, saved: 'Well.', earlier: { cuts: [thoughts, thoughts, thoughts], lengthEnds: 0 } });
    expect(reply).toMatchObject({ text: 'Well. Yes.', finishReason: 'stop' });
  });

  it('is nothing where there was none', async () => {
    const { updates } = await write({ model: modelSaying([{ type: 'thoughts_ended' }, { type: 'text', text: 'Yes.' }, end]) });
    expect(updates.filter(({ type }) => type === 'cut')).toEqual([]);
  });
});
