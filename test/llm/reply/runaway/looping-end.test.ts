import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsInLoop } from '../../../src/llm/reply/ends-in-loop.ts';

const numbered = (lines: number) => Array.from({ length: lines }, (_, index) => `    case ${index}: return "value ${index}";\n`).join('');

describe('endsInLoop', () => {
  it.each([
    ['one word', `A plan. ${'and then '.repeat(200)}`],
    ['one character', `Total: ${'0'.repeat(3000)}`],
    ['one line of code, cut inside of it', `${'    self.items.append(item)\n'.repeat(60)}    self.it`],
    ['a paragraph', `# Title\n\n${'This paragraph says what the one before it has said, in the same words, for ever.\n\n'.repeat(20)}`],
  ])('sees a text that ends in %s over and over', (_, text) => {
    expect(endsInLoop(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a table', `| a | b |\n${'|---|---|\n'.repeat(30)}`],
    ['lines that count', numbered(200)],
    ['a loop that it has left', `${'again '.repeat(400)}and this is the end of it.`],
    ['the same paragraph three times', 'The same paragraph of some four hundred characters. '.repeat(8).concat('\n').repeat(3)],
  ])('takes %s for a text', (_, text) => {
    expect(endsInLoop(text)).toBe(false);
  });

  it('sees every block of up to a thousand characters that stands there eight times, whatever stands before', () => {
    const block = fc.string({ minLength: 1, maxLength: 900, unit: 'grapheme-ascii' });
    const rule = fc.property(fc.string(), block, (before, one) => {
      expect(endsInLoop(before + one.repeat(Math.max(8, Math.ceil(1000 / one.length))))).toBe(true);
    });
    fc.assert(rule);
  });
});
