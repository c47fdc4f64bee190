import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimatePromptTokens, estimateTokens } from '../../../src/llm/budget/estimate-tokens.ts';
import { message } from '../model-on-fake.ts';

describe('estimateTokens', () => {
  it.each([
    ['nothing as nothing', '', 0],
    ['plain text by three characters', 'abcdef', 2],
    ['each wide character as a token', '工作流程', 4],
  ])('counts %s', (_, text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it('never counts more than a token a byte, and never less for more text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, more) => {
        expect(estimateTokens(text)).toBeLessThanOrEqual(Buffer.byteLength(text));
        expect(estimateTokens(text + more)).toBeGreaterThanOrEqual(estimateTokens(text));
      }),
    );
  });
});

describe('estimatePromptTokens', () => {
  it('adds for each message what a template puts around it', () => {
    expect(estimatePromptTokens([message('user', 'abc'), message('assistant', '')])).toBe(1 + 2 * 8);
  });
});
