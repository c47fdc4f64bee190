import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapLength } from '../../../src/llm/reply/overlap-length.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n') });
const visible = (text: string) => text.replaceAll(/\s/g, '').length;

describe('overlapLength', () => {
  it.each([
    ['a word that was cut', 'def calcu', 'calculate(a):', 5],
    ['the last line', 'a = 1\ntotal = 2\n', 'total = 2\nc = 3\n', 10],
    ['all of the reply', 'one two three', 'one two three four', 13],
    ['nothing', 'one two', 'three', 0],
    ['words that stand earlier in the text', 'first then second', 'first', 0],
    ['an indentation', 'if a:\n        ', '        return', 0],
    ['a closing brace', '  }\n}\n', '}\n', 0],
    ['an empty piece', 'one two', '', 0],
    ['an empty text', '', 'one two', 0],
  ])('finds %s', (_, text, piece, length) => {
    expect(overlapLength(text, piece)).toBe(length);
  });

  it('is the longest end of the text that the piece begins with, or nothing worth the name', () => {
    fc.assert(
      fc.property(letters, letters, letters, (before, shared, news) => {
        const text = before + shared;
        const piece = shared + news;
        const length = overlapLength(text, piece);
        const common = Array.from({ length: Math.min(text.length, piece.length) + 1 }, (_, count) => count).filter((count) =>
          text.endsWith(piece.slice(0, count)),
        );
        const longest = Math.max(...common);
        expect(length).toBe(visible(piece.slice(0, longest)) >= 4 ? longest : 0);
      }),
    );
  });
});
