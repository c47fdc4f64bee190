import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostTokens } from '../../../src/llm/budget/most-tokens.ts';
import { textMessage } from '../../../src/llm/chat/chat-message-text.ts';

describe('as many tokens as a prompt has at most', () => {
  it.each([
    ['letters', 'abc', 3],
    ['letters with marks', 'äöü', 6],
    ['other scripts', '漢字', 6],
    ['pictures', '🦙', 4],
  ])('%s: one for each byte', (_, text, bytes) => {
    const empty = mostTokens([textMessage('user', '')]) ?? NaN;
    expect(mostTokens([textMessage('user', text)])).toBe(empty + bytes);
  });

  it('grows with each message, also an empty one', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.string(), (texts, more) => {
        const messages = texts.map((text) => textMessage('user', text));
        expect(mostTokens([...messages, textMessage('assistant', more)])).toBeGreaterThan(mostTokens(messages) ?? NaN);
      }),
    );
  });

  it('is not known where there is more than text', () => {
    expect(mostTokens([{ role: 'user', content: [{ type: 'image', mediaType: 'image/png', data: '' }] }])).toBeUndefined();
  });
});
