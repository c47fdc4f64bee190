import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textMessage } from '../../../src/llm/chat/chat-message-text.ts';
import type { ChatMessage } from '../../../src/llm/chat-model.ts';
import { PromptBound } from '../../../src/llm/cost/prompt-bound.ts';

/** As a provider with a token for four bytes would count. */
function counted(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + 8 + Math.ceil(Buffer.byteLength(JSON.stringify(content)) / 4), 0);
}

const long = 'The queue holds what nobody has looked at yet. '.repeat(400);

describe('the most tokens of a prompt', () => {
  it('are its bytes where nothing is known', () => {
    expect(new PromptBound().of([textMessage('user', long)])).toBeGreaterThan(Buffer.byteLength(long));
  });

  it('are what was counted for its beginning, and the bytes of the rest', () => {
    const bound = new PromptBound();
    const first = [textMessage('system', long), textMessage('user', 'Begin.')];
    bound.learn(first, counted(first));
    const next = [...first, textMessage('assistant', 'Begun.'), textMessage('user', 'Go on.')];
    expect(bound.of(next)).toBeGreaterThanOrEqual(counted(next));
    expect(bound.of(next)).toBeLessThan(counted(next) + 400);
  });

  it('know beginnings that go on differently, and parts that are no text', () => {
    const bound = new PromptBound();
    const first = [textMessage('system', long), textMessage('user', 'This.')];
    bound.learn(first, counted(first));
    const next: ChatMessage[] = [
      textMessage('system', long),
      { role: 'user', content: [{ type: 'image', mediaType: 'image/png', data: 'AAAA'.repeat(500) }] },
    ];
    expect(bound.of(next)).toBeGreaterThanOrEqual(2000);
    expect(bound.of(next)).toBeLessThan(counted(first) + 3000);
  });

  it('are never fewer than are counted', () => {
    const message = fc.tuple(fc.constantFrom('user' as const, 'assistant' as const), fc.string({ unit: 'grapheme', maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(fc.array(message, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 }), (prompts) => {
        const bound = new PromptBound();
        for (const prompt of prompts) {
          const messages = prompt.map(([role, text]) => textMessage(role, text));
          expect(bound.of(messages)).toBeGreaterThanOrEqual(counted(messages));
          bound.learn(messages, counted(messages));
        }
      }),
    );
  });
});
