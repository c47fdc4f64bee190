import { describe, expect, it } from 'vitest';
import type { ChatModel, ChatStreamPart } from '../../../src/llm/chat-model.ts';
import { variedWords } from '../../support/varied-words.ts';
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

describe('thoughts without an end, on a server that has no limit', () => {
  /** Says the same until it is left. */
  const endless = (part: (index: number) => ChatStreamPart) => {
    const asked: (number | undefined)[] = [];
    const model: ChatModel = {
      name: 'm',
      capabilities: { countsTokens: false, continuesReplies: false },
      async *stream({ sampling }) {
        asked.push(sampling?.temperature);
        for (let index = 0; ; index += 1) yield part(index);
      },
      countTokens: async () => undefined,
    };
    return { model, asked };
  };

  it('are left where they go round, and asked for with other sampling, twice', async () => {
    const { model, asked } = endless(() => ({ type: 'reasoning', text: 'Wait, the loop skips the last line. ' }));
    const { reply, updates } = await write({ model });
    expect(reply).toMatchObject({ text: '', finishReason: 'repetition' });
    expect(asked).toEqual([undefined, 1, 1.3]);
    expect(updates.filter(({ type }) => type === 'cut')).toHaveLength(3);
  });

  it('are no loop where they only count on', async () => {
    const parts = Array.from({ length: 400 }, (_, index): ChatStreamPart => ({
      type: 'reasoning',
      text: `Case ${index}: the sum of line ${index} is right.\n`,
    }));
    const { reply, updates } = await write({ model: modelSaying([...parts, { type: 'text', text: 'Yes.' }, end]) });
    expect(reply).toMatchObject({ text: 'Yes.', finishReason: 'stop' });
    expect(updates.filter(({ type }) => type === 'cut')).toEqual([]);
  });

  it('are left where no reply is so long, whatever they say', async () => {
    const { model, asked } = endless((index) => ({ type: 'reasoning', text: `${variedWords(index, 400)}\n` }));
    expect((await write({ model })).reply).toMatchObject({ text: '', finishReason: 'planned_length' });
    expect(asked).toHaveLength(1);
  });
});
