import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingPattern } from '../../../src/llm/reply/growing-pattern.ts';

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
