import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimatePromptTokens, estimateTokens, PromptEstimate } from '../../../src/llm/budget/estimate-tokens.ts';
import { message, question } from '../model-on-fake.ts';

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

describe('an estimate of tokens', () => {
  it('is the careful one until something is known', () => {
    const estimate = new PromptEstimate();
    expect([estimate.ofMessages(question), estimate.ofText('some text')]).toEqual([
      estimatePromptTokens(question),
      estimateTokens('some text'),
    ]);
  });

  it('is never below what was counted, and close to it, for the messages it has learned from', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 200, maxLength: 2000 }), fc.double({ min: 0.3, max: 3, noNaN: true }), (text, density) => {
        const messages = [message('user', text)];
        const counted = Math.ceil(estimatePromptTokens(messages) * density);
        const estimate = new PromptEstimate();
        estimate.learn(messages, counted);
        expect(estimate.ofMessages(messages)).toBeGreaterThanOrEqual(counted);
        expect(estimate.ofMessages(messages)).toBeLessThanOrEqual(counted * 1.02 + 1);
      }),
    );
  });

  it('follows the newest count', () => {
    const estimate = new PromptEstimate();
    const long = [message('user', 'word '.repeat(300))];
    estimate.learn(long, 1000);
    estimate.learn(long, 400);
    expect(estimate.ofMessages(long)).toBeLessThan(410);
  });

  it.each([0, -5, 1e9, Number.NaN])('is not led astray by a count of %s', (counted) => {
    const estimate = new PromptEstimate();
    estimate.learn(question, counted);
    expect(estimate.ofMessages(question)).toBe(estimatePromptTokens(question));
  });
});
