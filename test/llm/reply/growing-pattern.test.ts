import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingPattern, overlapLength } from '../../../src/llm/reply/growing-pattern.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'b') });

describe('GrowingPattern', () => {
  it('says after each piece whether the text holds all of them, and at the end how much the text ends with', () => {
    fc.assert(
      fc.property(words, fc.array(words), (text, pieces) => {
        const pattern = new GrowingPattern(text);
        let whole = '';
        for (const piece of pieces) {
          whole += piece;
          expect(pattern.grow(piece)).toBe(text.includes(whole));
        }
        const lengths = Array.from({ length: whole.length + 1 }, (_, length) => length);
        expect(pattern.overlap()).toBe(Math.max(...lengths.filter((length) => text.endsWith(whole.slice(0, length)))));
      }),
    );
  });

  // Comparing all that is held with each piece would not come to its end.
  it('goes once through the text, also where everything is nearly the same', () => {
    const size = 300_000;
    const pattern = new GrowingPattern(`${'a'.repeat(size)}b`);
    let held = true;
    for (let at = 0; at < size; at += 3) held &&= pattern.grow('aaa');
    expect(held).toBe(true);
    expect(pattern.grow('c')).toBe(false);
    expect(pattern.overlap()).toBe(0);
  });
});

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
